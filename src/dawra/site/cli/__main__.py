from dawra.site.cli import main

main()

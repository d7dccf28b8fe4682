"""The real supervisor with the real children, restarting without pause: python -m tests.faults.crew PORT [workers]

With FAULTS_LARGEST_FILE=bytes no file may grow beyond that: a full disk.
"""

import os
import resource
import sys

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.faults.settings"
    import django

    django.setup()
    from django.db import connections

    from dawra.site.operation import serving
    from dawra.site.operation.supervisor import Child, Supervisor

    port, workers = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    serving.load()
    connections.close_all()
    if largest := os.environ.get("FAULTS_LARGEST_FILE"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), int(largest)))
    children = [Child("web", lambda: serving.answer("127.0.0.1", port, 1))]
    children += [Child(f"worker-{number}", serving.work) for number in range(workers)]
    print(f"crew {os.getpid()}", flush=True)
    sys.exit(Supervisor(children, longest_pause=0.0).run())

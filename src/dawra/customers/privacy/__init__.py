"""What is known of one person: handed out whole, or forgotten.

holdings    where this room keeps it (other rooms say so in their privacy.py)
whole_file  everything on a person as one archive, for the person who asks
erasing     forgetting: text blanked, figures kept, files gone
ledger      who was erased, outside the database and its backups, so that restoring an old backup forgets them again
"""

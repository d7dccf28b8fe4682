"""What imports become in this room: products and deals; and the format of the Maven CRM data set.

docs/import.md says how stages, dates and amounts are read.
"""

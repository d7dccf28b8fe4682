"""Bringing files in: read, recognise, map, run, report. One engine for the page, the command line and the API.

reading      a file as rows with their physical line, whatever its form, encoding and delimiter; bounded
recognising  which set of files this is, by its headers; formats are registered, rooms above add theirs
values       a cell as a typed value, or a reason why not, with a way to fix it
guessing     which field a column fills, by header and values; shapes: what the values prove; proposing: a new field
seeking      people named by e-mail, found for a batch at once
targets      what a row becomes: each room registers its own (company, person; deal, product above; member below)
running      batches of at most 500 rows; each commits rows, journal, search, progress and outcomes together
reporting    accepted + rejected = rows, always; what was read differently than written; rejected rows as CSV
"""

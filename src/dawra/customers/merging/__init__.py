"""The small language letters are written in: what to merge, how it looks, what was wrong. Pure but for `saying`.

    Dear {person.first_name|or:"customer"}, the offer of {deal.amount|money} holds until {deal.close_on|date}.

`language` reads a text, `filters` are what may stand behind a bar, `fields` what may stand before it; `faults` say what was
wrong and where. A field gives a value, filters change how it looks, and that is all: no conditions, no loops, no calls.
A value is text from then on and never read again.
"""

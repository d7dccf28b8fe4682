"""The exports of other CRMs as data: which headers they write, and what each column fills.

A column goes by its API name, its label in English and its label in Arabic. What is not listed is left out and said.
"""

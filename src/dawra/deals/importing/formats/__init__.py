"""What the exports of other CRMs hold for this room: deals, their stage history, products and line items.

Each module adds its files to the format of the same name in customers/importing/formats.
"""

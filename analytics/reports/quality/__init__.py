"""How complete the data are: forms, items, follow-up and queries, counted in a snapshot by centre."""

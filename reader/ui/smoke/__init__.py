"""``--smoke``: an installed program proves on the spot that it works. Nothing else imports this."""

"""The law as data: rules per jurisdiction in TOML, the statutes they cite, and the regions that choose between them."""

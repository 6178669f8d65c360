"""A whole demonstration province, made by our own code: its villages, asks, plans and agency lists."""

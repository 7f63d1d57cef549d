"""A replication package: what a repository is given so that others can read, check and cite coded data."""

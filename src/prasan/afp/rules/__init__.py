"""Pure decisions of AFP: ranking areas, clustering needs, suggesting guidelines and projects, results, progress."""

"""What each list shows, sorts, filters and exports."""

class ResourceNotFoundError(Exception):
    """What packs raise, and catch, for something that the API does not have."""

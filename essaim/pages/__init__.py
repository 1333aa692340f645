"""What every page needs: base templates, components, charts and small maps, and the registry of kinds."""

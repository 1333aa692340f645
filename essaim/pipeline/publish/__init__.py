"""Publishing: from matched records to the folder that becomes a release."""

from essaim.pipeline.publish.folder import publish
from essaim.pipeline.publish.inputs import Published, Sourced

__all__ = ["Published", "Sourced", "publish"]

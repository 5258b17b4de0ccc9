"""Documents to sections, passages and sentences."""

from rodtrad.segmentation.passages import find_passages
from rodtrad.segmentation.sections import find_sections, innermost_section, section_path
from rodtrad.segmentation.sentences import split_sentences

__all__ = [
    "find_passages",
    "find_sections",
    "innermost_section",
    "section_path",
    "split_sentences",
]

"""A small grammar of taking a stand: words, lexicon, frames."""

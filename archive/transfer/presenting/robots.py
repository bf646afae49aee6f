"""`robots.txt`: what crawlers are asked not to fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.charter.models import Charter

# Lists without end, answers to what somebody types, and files: a crawler finds every work without them.
KEPT_OUT = (
    "/works?",
    "/*?*work_search",
    "/*?*tag_search",
    "/*?*bookmark_search",
    "/works/search",
    "/tags/search",
    "/people/search",
    "/autocomplete/",
    "/downloads/",
    "/users/login",
    "/users/signup",
    "/users/password/",
    "/preferences",
    "/works/*/share",
    "/works/*/offline",
    "/works/*/navigate",
    "/opds",
    "/feeds",
    "/api/",
    "/oembed",
    "/offline",
)

# Crawlers that gather texts for training, and those that fetch pages for answers of AI services, by the names that they give
# themselves in the documents of their companies and in the list of the ai.robots.txt project; looked through in November 2026.
AI_CRAWLERS = (
    "AI2Bot",
    "Ai2Bot-Dolma",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ChatGPT-User",
    "Claude-SearchBot",
    "Claude-User",
    "Claude-Web",
    "ClaudeBot",
    "cohere-ai",
    "cohere-training-data-crawler",
    "Diffbot",
    "DuckAssistBot",
    "FacebookBot",
    "Google-CloudVertexBot",
    "Google-Extended",
    "GPTBot",
    "ImagesiftBot",
    "meta-externalagent",
    "Meta-ExternalFetcher",
    "MistralAI-User",
    "OAI-SearchBot",
    "omgili",
    "omgilibot",
    "PanguBot",
    "Perplexity-User",
    "PerplexityBot",
    "PetalBot",
    "Timpibot",
    "VelenPublicWebCrawler",
    "YouBot",
)
NO_TRAINING = "Content-Usage: train-ai=n"  # as the drafts of the IETF's working group aipref have it


def robots_text(charter: Charter, *, sitemap: str) -> str:
    """Answer the file as the archive's settings have it."""
    usage = [NO_TRAINING] if charter.keeps_ai_out else []
    parts = [["User-agent: *", *usage, *(f"Disallow: {path}" for path in KEPT_OUT)]]
    if charter.keeps_ai_out:
        parts.append([*(f"User-agent: {name}" for name in AI_CRAWLERS), *usage, "Disallow: /"])
    if charter.robots_lines:
        parts.append([charter.robots_lines])
    if charter.may_be_found:
        parts.append([f"Sitemap: {sitemap}"])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"

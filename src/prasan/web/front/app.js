// Everything here only enhances: each page works without it.
import htmx from "htmx.org";

// A strict content security policy forbids evaluated code and injected style elements.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0;

/*
 * libyaml's syntax errors in words for people who do not know YAML, at the place
 * where the mistake was made (libyaml often notices a line or more later).
 */
#include "data/yaml/internal.h"

#include <string.h>

#include <glib/gi18n.h>

struct explained {
	const char
		*problem; /* libyaml's words, or the beginning of its context when `of_context` */
	bool of_context;
	const char *code;
	const char *message, *hint;
};

/* clang-format off */
static const struct explained table[] = {
	{ "while scanning a tag", true, "tag", N_("tags (!name) are not used in entries"),
	  N_("delete it, or put the value in quotes if it begins with !") },
	{ "found undefined tag handle", false, "tag", N_("tags (!name) are not used in entries"),
	  N_("delete it, or put the value in quotes if it begins with !") },
	{ "while scanning an alias", true, "syntax", N_("a value may not begin with *"),
	  N_("put the value in quotes") },
	{ "while scanning an anchor", true, "syntax", N_("a value may not begin with &"),
	  N_("put the value in quotes") },
	{ "found character that cannot start any token", false, "syntax",
	  N_("a value may not begin with this character"), N_("put the value in quotes") },
	{ "found unknown escape character", false, "syntax",
	  N_("there is no such escape in double quotes"),
	  N_("write \\\\ for a backslash, or use single quotes") },
	{ "did not find expected hexdecimal number", false, "syntax",
	  N_("this escape needs hexadecimal digits"), N_("write \\\\ for a backslash, or use single quotes") },
	{ "found invalid Unicode character escape code", false, "syntax",
	  N_("this escape is not a character"), N_("write the character itself") },
	{ "block sequence entries are not allowed in this context", false, "syntax",
	  N_("a list item cannot begin here"),
	  N_("begin a list on the line below its key, one \"- item\" a line") },
	{ "mapping keys are not allowed in this context", false, "syntax",
	  N_("a value may not begin with ?"), N_("put the value in quotes") },
	{ "did not find expected comment or line break", false, "syntax",
	  N_("nothing may stand behind | or > on its line"),
	  N_("begin the text on the next line, indented") },
	{ "did not find expected key", false, "syntax",
	  N_("this does not fit what stands above it"),
	  N_("give the line the same indentation as its neighbours; put text with special characters in quotes") },
	{ "did not find expected '-' indicator", false, "syntax",
	  N_("a list item was expected here"),
	  N_("give the line the same indentation as the items above it") },
	{ "did not find expected ',' or ']'", false, "syntax",
	  N_("a comma or ] was expected here"), N_("separate the items by commas and end the list with ]") },
	{ "did not find expected ',' or '}'", false, "syntax",
	  N_("a comma or } was expected here"), N_("separate the entries by commas and end them with }") },
	{ "mapping values are not allowed in this context", false, "syntax",
	  N_("a colon with a blank behind it does not fit here"),
	  N_("check the indentation; put text that holds a colon in quotes") },
	{ "could not find expected ':'", false, "syntax",
	  N_("a colon is missing on this line"), N_("write it as \"key: value\"") },
	{ "did not find expected <document start>", false, "syntax",
	  N_("the entry ended above; nothing may follow it"), N_("check the brackets and the indentation") },
};
/* clang-format on */

static bool has(const char *text, const char *part)
{
	return text && strstr(text, part) != NULL;
}

/* A tab among the blanks that begin the line, or right at `at`. */
static bool find_tab(const struct source *source, struct mark at, struct mark *tab)
{
	gsize byte = source_line_start(source, at.line);
	gsize end = source_line_end(source, at.line);
	while (byte < end && source->text[byte] == ' ')
		byte++;
	if (byte >= end || source->text[byte] != '\t')
		byte = at.byte;
	if (byte >= end || source->text[byte] != '\t')
		return false;
	*tab = source_mark_at(source, byte);
	return true;
}

/* The colon of `key:value`, written without a blank, that begins the line. */
static bool find_glued_colon(const struct source *source, guint line, struct mark *colon)
{
	const char *s = source->text + source_line_start(source, line);
	const char *end = source->text + source_line_end(source, line);
	while (s < end && (*s == ' ' || *s == '-'))
		s++;
	const char *key = s;
	while (s < end && (g_ascii_isalnum(*s) || *s == '_'))
		s++;
	if (s == key || s + 1 >= end || *s != ':' || s[1] == ' ' || s[1] == '\t' || s[1] == '/')
		return false;
	*colon = source_mark_at(source, (gsize)(s - source->text));
	return true;
}

/* The nearest line above that is neither empty nor a comment; 0 when there is none. */
static guint line_above(const struct source *source, guint line)
{
	while (--line > 0) {
		gsize at = source_line_start(source, line);
		gsize end = source_line_end(source, line);
		while (at < end && (source->text[at] == ' ' || source->text[at] == '\t'))
			at++;
		if (at < end && source->text[at] != '#')
			return line;
	}
	return 0;
}

static bool explain_tab(const struct source *source, struct mark at)
{
	struct mark tab;
	if (!find_tab(source, at, &tab))
		return false;
	guint span = 0;
	while (tab.byte + span < source->length && source->text[tab.byte + span] == '\t')
		span++;
	source_finding(source, tab, span, "tab", _("the line is indented with a tab"),
		       _("use blanks instead: two for each level"));
	return true;
}

static bool explain_glued(const struct source *source, const yaml_parser_t *parser, struct mark at,
			  struct mark context)
{
	struct mark colon;
	guint line = 0;
	if (has(parser->problem, "could not find expected ':'"))
		line = context.line;
	else if (has(parser->problem, "mapping values are not allowed") ||
		 has(parser->problem, "did not find expected"))
		line = line_above(source, at.line);
	else
		return false;
	if (!find_glued_colon(source, line, &colon))
		return false;
	source_finding(source, colon, 1, "syntax", _("there is no blank behind the colon"),
		       _("write it as \"key: value\""));
	return true;
}

static bool explain_quote(const struct source *source, const yaml_parser_t *parser, struct mark at,
			  struct mark context, const struct node *last)
{
	if (has(parser->context, "while scanning a quoted scalar") &&
	    (has(parser->problem, "unexpected end of stream") ||
	     has(parser->problem, "unexpected document indicator"))) {
		source_finding(source, context, 1, "syntax", _("this quote is never closed"),
			       _("end the text with the same quote as it begins with"));
		return true;
	}
	/* A forgotten quote takes in the following lines up to the next quote. */
	if (last && (last->quote == '"' || last->quote == '\'') &&
	    last->start.line < last->end.line && at.line >= last->end.line &&
	    at.line <= last->end.line + 1) {
		g_autofree char *message =
			g_strdup_printf(_("this quote is closed only on line %u"), last->end.line);
		source_finding(source, last->start, 1, "syntax", message,
			       _("end the text with the same quote as it begins with"));
		return true;
	}
	if (last && (last->quote == '"' || last->quote == '\'') && at.line == last->end.line &&
	    at.byte >= last->end.byte && has(parser->problem, "did not find expected")) {
		source_finding(source, at, 1, "syntax",
			       _("something stands behind the closing quote"),
			       last->quote == '"' ? _("write a quote inside the text as \\\"")
						  : _("write a quote inside the text twice: ''"));
		return true;
	}
	return false;
}

static bool explain_bracket(const struct source *source, const struct node *open, struct mark at)
{
	if (!open || open->start.line == at.line)
		return false;
	char bracket = source->text[open->start.byte];
	if (bracket != '[' && bracket != '{')
		return false;
	g_autofree char *message =
		g_strdup_printf(_("the bracket %c is not closed before line %u"), bracket, at.line);
	g_autofree char *hint = g_strdup_printf(_("end it with %c"), bracket == '[' ? ']' : '}');
	source_finding(source, open->start, 1, "syntax", message, hint);
	return true;
}

static bool explain_second_colon(const struct source *source, const yaml_parser_t *parser,
				 struct mark at)
{
	if (!has(parser->problem, "mapping values are not allowed"))
		return false;
	const char *s = source->text + source_line_start(source, at.line);
	const char *end = source->text + at.byte;
	for (; s + 1 < end; s++) {
		if (*s == ':' && s[1] == ' ') {
			source_finding(source, at, 1, "syntax",
				       _("the value holds a colon with a blank behind it"),
				       _("put the whole value in quotes"));
			return true;
		}
	}
	return false;
}

static guint indent_of(const struct source *source, guint line)
{
	gsize start = source_line_start(source, line), at = start;
	while (at < source->length && source->text[at] == ' ')
		at++;
	return (guint)(at - start);
}

/* A line that stands further in or out than its neighbours; a colon with no key before it. */
static bool explain_indentation(const struct source *source, const yaml_parser_t *parser,
				struct mark at)
{
	guint indent = indent_of(source, at.line);
	guint above = line_above(source, at.line);
	bool first = at.byte == source_line_start(source, at.line) + indent;

	if (has(parser->problem, "did not find expected key") && at.byte < source->length &&
	    source->text[at.byte] == ':' && first) {
		source_finding(source, at, 1, "shape", _("a key is missing before the colon"),
			       _("write it as \"key: value\""));
		return true;
	}
	bool block = has(parser->context, "while parsing a block");
	bool fits = (block && first && indent > 0) ||
		    (has(parser->problem, "mapping values are not allowed") && above > 0 &&
		     indent > indent_of(source, above));
	if (!fits)
		return false;
	at = source_mark_at(source, source_line_start(source, at.line) + indent);
	source_finding(source, at, 1, "syntax", _("the line is not indented like those around it"),
		       _("let the keys of one entry or item begin in one column"));
	return true;
}

void explain_error(const struct source *source, const yaml_parser_t *parser,
		   const struct node *last, const struct node *open)
{
	struct mark at = source_mark(source, &parser->problem_mark);
	struct mark context = source_mark(source, &parser->context_mark);

	if (parser->error == YAML_READER_ERROR)
		at = source_mark_at(source,
				    MIN(source->begin + parser->problem_offset, source->length));
	if (explain_tab(source, at) || explain_glued(source, parser, at, context) ||
	    explain_quote(source, parser, at, context, last) || explain_bracket(source, open, at) ||
	    explain_second_colon(source, parser, at) || explain_indentation(source, parser, at))
		return;
	for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
		const struct explained *row = &table[i];
		const char *where = row->of_context ? parser->context : parser->problem;
		if (!has(where, row->problem))
			continue;
		if (row->of_context || has(row->problem, "could not find expected ':'"))
			at = context;
		source_finding(source, at, 1, row->code, _(row->message), _(row->hint));
		return;
	}
	source_finding(source, at, 1, "syntax", _("the file cannot be read from here on"),
		       _("check indentation, quotes and brackets"));
}

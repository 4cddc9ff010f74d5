#ifndef BASE_CONTEXT_H
#define BASE_CONTEXT_H

/*
 * One English word may stand for several of another language: "none" of an agenda and
 * of a practice, "End" of a programme and on a key.  A row of a table says which with
 * IN_CONTEXT("agenda", "none") where others say N_("none"); whoever shows such rows
 * asks in_context(), which takes both.
 */
#define IN_CONTEXT(context, text) (context "\004" text)

/*
 * The translation of a row's text; where its context has none, that of the bare text, and
 * where there is none either the text itself.  Never the context.
 */
const char *in_context(const char *text);
/* The same without that of the bare text, which may be a word for something else. */
const char *in_context_only(const char *text);

#endif

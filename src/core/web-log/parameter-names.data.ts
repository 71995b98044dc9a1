/**
 * Extensions of files that a page brings along; a person's browser fetches them, a script seldom.
 */
export const ASSET_EXTENSIONS: ReadonlySet<string> = new Set(
  (
    'css js mjs map png jpg jpeg gif svg ico webp avif bmp woff woff2 ttf otf eot mp4 webm mp3 wasm ' +
    'webmanifest'
  ).split(' '),
);

/**
 * Names that say "this is a record's number". Tested on the name in lower case, signs taken out.
 */
export const RECORD_NAMES =
  /^(?:id|vid|vuid|sosid|uid|rid|pid|key|no|num|number|rec|ref|reference)$|vot(?:er|e)?id|voter|elector|regist|record|affidavit|certificate|person|statefile|licen[cs]e|^dl|^reg(?:no|num|id|nr)|ncid|ballotid|lookupid/;

/** Names whose numbers are something else, however much they look like record numbers. */
export const OTHER_NAMES =
  /^(?:p|pg|page|pageno|offset|start|limit|size|rows|count|per|perpage|width|height|w|h|v|ver|version|rev|build|cb|cachebust|rand|random|nocache|t|ts|time|timestamp|year|month|day|date|dob|yob|birth.*|zip.*|postal.*|plz|phone|tel|mobile|precinct.*|district.*|county.*|lat|lon|lng|zoom|x|y|z|utm.*|gclid|fbclid|sid|session.*|token|csrf.*|nonce|state|lang|house.*|street.*|apt|unit|news.*|article.*|story|post|posts|event.*|calendar.*|image.*|img|photo.*|file.*|files|document.*|doc|docs|download.*|media|attachment.*|category|tag|blog|release.*|press)$|date$|birth/;

/** Paths of pages that look voters up; POST requests there carry their numbers in the body. */
export const LOOKUP_PATHS =
  /look-?up|voter|registr|myvote|my-?vote|search|find|status|polling|ballot|verify|check/i;

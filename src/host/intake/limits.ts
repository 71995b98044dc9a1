/** Entries read from one exhibit's archives, nested ones included. */
export const ARCHIVE_ENTRIES_MAX = 1_000;

/** Unpacked bytes for each packed byte of one entry. Text seldom passes 20. */
export const ARCHIVE_RATIO_MAX = 100;

/** Below this an entry is harmless whatever its ratio: a page of blanks packs far beyond 100:1. */
export const ARCHIVE_RATIO_FREE_BYTES = 1_000_000;

/** Bytes unpacked from one exhibit's archives, nested ones included. */
export const ARCHIVE_BYTES_MAX = 256_000_000;

/**
 * Unpacked bytes in all for each packed byte that one mail carries, beyond what is free: a reading
 * holds them. 6,046 SpamAssassin mails give 2.5 together, 989 phishing mails 2.6.
 */
export const CARRIED_RATIO_MAX = 4;

/**
 * What an exhibit's or a mail's archives may give whatever their size: four hundred mails of 40 kB,
 * however well they pack.
 */
export const ARCHIVE_BYTES_FREE = 16_000_000;

/**
 * Mails read out of the archives that one mail carries. They are held together until the mail is
 * read, so an mbox of millions must end; a person who reports attaches some.
 */
export const ARCHIVE_MAILS_MAX = 1_000;

/**
 * Bytes unpacked from the archives that one mail carries. All that one mail carries is held
 * together, three times as large once it is read; mail systems pass attachments of 25 to 35 MB.
 */
export const CARRIED_BYTES_MAX = 64_000_000;

/** An archive in an archive in an archive; mails between them do not count. */
export const ARCHIVE_DEPTH_MAX = 3;

/** An archive's list of entries: a thousand entries with 4 KB of name and extra fields each. */
export const ARCHIVE_DIRECTORY_BYTES_MAX = 4_000_000;

/**
 * One message is held in memory whole. Exchange Online takes 150 MB, the most of large providers.
 */
export const MESSAGE_BYTES_MAX = 160_000_000;

/** Guards against files that the system invents without end, like /proc/kcore. */
export const FILE_BYTES_MAX = 1_000_000_000_000;

/** Folders below a given path. Deeper trees are made by accident or malice. */
export const FOLDER_DEPTH_MAX = 256;

/**
 * Names that mail programs print before the fields of a message they forward or answer, lower
 * case, by language. Only two such lines together are taken for a forwarding block, so names that
 * are also common words (`de`, `from`, `an`) do no harm.
 */
const BY_LANGUAGE: Readonly<Record<string, string>> = {
  ar: 'من|إلى|الى|تاريخ|التاريخ|الموضوع|تم الإرسال|نسخة',
  ca: 'de|a|per a|enviat|data|assumpte|tema',
  cs: 'od|komu|odesláno|datum|předmět|kopie',
  da: 'fra|til|sendt|dato|emne',
  de: 'von|an|gesendet|datum|betreff|antwort an|kopie|blindkopie',
  el: 'από|προς|στάλθηκε|ημερομηνία|θέμα|κοιν|κοινοποίηση',
  en: 'from|to|cc|bcc|sent|date|subject|reply-to|sent by|sender|organization|resent-from|resent-to',
  es: 'de|para|enviado|enviado el|fecha|asunto|responder a',
  et: 'saatja|adressaat|saadetud|saaja|kuupäev|teema',
  fa: 'از|به|ارسال شده|تاریخ|موضوع',
  fi: 'lähettäjä|vastaanottaja|lähetetty|päiväys|päivämäärä|aihe|kopio',
  fr: 'de|à|envoyé|envoyé le|date|objet|répondre à|copie à|pour',
  he: 'מאת|אל|נשלח|תאריך|נושא|עותק',
  hi: 'प्रेषक|प्रति|दिनांक|विषय',
  hr: 'od|za|prima|poslano|šalje|datum|predmet',
  ht: 'de|pou|voye|dat|sijè',
  hu: 'feladó|címzett|elküldve|dátum|tárgy|másolat|másolatot kap',
  id: 'dari|kepada|ke|dikirim|tanggal|subjek|perihal',
  it: 'da|a|inviato|data|oggetto',
  ja: '差出人|宛先|送信日時|日時|件名|送信者',
  ko: '보낸 사람|받는 사람|보낸 날짜|보낸사람|받는사람|날짜|제목|참조',
  lt: 'nuo|kam|išsiųsta|tema|data',
  lv: 'no|kam|nosūtīts|temats|datums',
  nl: 'van|aan|verzonden|datum|onderwerp',
  no: 'fra|til|sendt|dato|emne',
  pl: 'od|do|wysłano|data|temat|dw',
  pt: 'de|para|enviado|enviada em|enviado em|data|assunto',
  ro: 'de la|către|trimis|data|subiect',
  ru: 'от|от кого|кому|отправлено|дата|тема|копия',
  sk: 'od|komu|odoslané|dátum|predmet|kópia',
  sl: 'od|za|poslano|datum|zadeva',
  sr: 'od|za|poslato|datum|tema|од|за|послато|датум|тема',
  sv: 'från|till|skickat|datum|ämne|kopia',
  th: 'จาก|ถึง|วันที่|เรื่อง|ส่ง|ส่งเมื่อ',
  tl: 'mula kay|para kay|petsa|paksa|ipinadala',
  tr: 'kimden|gönderen|kime|alıcı|gönderildi|gönderilme tarihi|tarih|konu|bilgi',
  uk: 'від|від кого|кому|надіслано|дата|тема|копія',
  vi: 'từ|đến|tới|đã gửi|ngày|chủ đề|tiêu đề',
  zh: '发件人|收件人|发送时间|日期|主题|抄送|寄件者|收件者|寄件日期|主旨|副本|寄件人|傳送時間',
};

export const HEADER_NAMES: ReadonlySet<string> = new Set(
  Object.values(BY_LANGUAGE).flatMap((names) => names.split('|')),
);

/** Longer than every name above, with bold asterisks and blanks around it. */
export const HEADER_NAME_MAX = 28;

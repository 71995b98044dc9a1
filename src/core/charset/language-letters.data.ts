/** Letters beyond ASCII of one language as a legacy charset writes them. */
export interface LanguageLetters {
  readonly charset: string;
  readonly language: string;
  /** The letters that make up most of its text beyond ASCII, lower case. */
  readonly common: string;
  /** All others that its words use; `a-b` is a range. */
  readonly letters: string;
}

/**
 * For telling charsets apart: which letters a language uses, and which of them often.
 *
 * From the languages' alphabets and published letter frequencies; Chinese from the most frequent
 * characters of the standard corpora. Order is preference where two charsets fit equally well.
 */
export const LANGUAGE_LETTERS: readonly LanguageLetters[] = [
  { charset: 'windows-1252', language: 'French', common: 'éèàê', letters: 'çùâîôûëïœæÿü' },
  { charset: 'windows-1252', language: 'Spanish', common: 'óíáéñ', letters: 'úüªº' },
  { charset: 'windows-1252', language: 'German', common: 'üäöß', letters: 'é' },
  { charset: 'windows-1252', language: 'Portuguese', common: 'ãçáéí', letters: 'óêõâúàôºª' },
  { charset: 'windows-1252', language: 'Italian', common: 'èàòù', letters: 'ìéîº' },
  { charset: 'windows-1252', language: 'Swedish, Finnish', common: 'äöå', letters: 'é' },
  { charset: 'windows-1252', language: 'Danish, Norwegian', common: 'øåæ', letters: 'éòô' },
  { charset: 'windows-1252', language: 'Icelandic', common: 'ðáíþ', letters: 'öæéóúý' },
  { charset: 'windows-1252', language: 'Dutch, English', common: 'éë', letters: 'ïèöüêáç½¼' },
  { charset: 'iso-8859-15', language: 'French', common: 'éèàê', letters: 'çùâîôûëïœæÿü' },
  { charset: 'windows-1250', language: 'Polish', common: 'łąęó', letters: 'śżćźń' },
  { charset: 'windows-1250', language: 'Czech', common: 'áíéě', letters: 'řčšžýůúťďňó' },
  { charset: 'windows-1250', language: 'Slovak', common: 'áíéč', letters: 'ýžšúľťôňäďóĺŕ' },
  { charset: 'windows-1250', language: 'Hungarian', common: 'áéőö', letters: 'íóüúű' },
  { charset: 'windows-1250', language: 'Croatian, Slovene', common: 'čšž', letters: 'ćđ' },
  { charset: 'windows-1250', language: 'Romanian', common: 'ăîţ', letters: 'şâ' },
  { charset: 'iso-8859-2', language: 'Polish', common: 'łąęó', letters: 'śżćźń' },
  { charset: 'iso-8859-2', language: 'Czech', common: 'áíéě', letters: 'řčšžýůúťďňó' },
  { charset: 'iso-8859-2', language: 'Slovak', common: 'áíéč', letters: 'ýžšúľťôňäďóĺŕ' },
  { charset: 'iso-8859-2', language: 'Hungarian', common: 'áéőö', letters: 'íóüúű' },
  { charset: 'iso-8859-2', language: 'Croatian, Slovene', common: 'čšž', letters: 'ćđ' },
  { charset: 'windows-1254', language: 'Turkish', common: 'ıüşğ', letters: 'çöiâîû' },
  { charset: 'windows-1257', language: 'Lithuanian', common: 'ėšųį', letters: 'ąžūčę' },
  { charset: 'windows-1257', language: 'Latvian', common: 'āīšē', letters: 'ņļūķžģč' },
  {
    charset: 'windows-1251',
    language: 'Russian',
    common: 'оеаинтсрвлкмдпуя',
    letters: 'ыьгзбчйхжшюцщэфъё',
  },
  {
    charset: 'windows-1251',
    language: 'Ukrainian',
    common: 'оаинітервскмдлпу',
    letters: 'яьбзгйчхжшюцєїщфґ',
  },
  {
    charset: 'windows-1251',
    language: 'Bulgarian',
    common: 'аиоетнрсвлкдпмъ',
    letters: 'узягбчйжшщцхфюь',
  },
  {
    charset: 'windows-1251',
    language: 'Serbian',
    common: 'аоиенрсјтукдвмпл',
    letters: 'гзбчшцжхљћњфђџ',
  },
  {
    charset: 'koi8-r',
    language: 'Russian',
    common: 'оеаинтсрвлкмдпуя',
    letters: 'ыьгзбчйхжшюцщэфъё',
  },
  {
    charset: 'koi8-u',
    language: 'Ukrainian',
    common: 'оаинітервскмдлпу',
    letters: 'яьбзгйчхжшюцєїщфґ',
  },
  {
    charset: 'iso-8859-5',
    language: 'Russian',
    common: 'оеаинтсрвлкмдпуя',
    letters: 'ыьгзбчйхжшюцщэфъё',
  },
  {
    charset: 'ibm866',
    language: 'Russian',
    common: 'оеаинтсрвлкмдпуя',
    letters: 'ыьгзбчйхжшюцщэфъё',
  },
  {
    charset: 'windows-1253',
    language: 'Greek',
    common: 'αοιετνσηρπκμλς',
    letters: 'υόγίάδέήθωχφύβώξζψϊΐΰϋ',
  },
  {
    charset: 'iso-8859-7',
    language: 'Greek',
    common: 'αοιετνσηρπκμλς',
    letters: 'υόγίάδέήθωχφύβώξζψϊΐΰϋ',
  },
  {
    charset: 'windows-1255',
    language: 'Hebrew',
    common: 'יוהלאתרבשמ',
    letters: 'נםעחדפכקגטצןסזךץףװױײ',
  },
  {
    charset: 'windows-1256',
    language: 'Arabic',
    common: 'ايلمنوترةبع',
    letters: 'سدفكقحهجشصطىخزثذضغءئؤإأآظ،؟پچژگ',
  },
  {
    charset: 'iso-8859-6',
    language: 'Arabic',
    common: 'ايلمنوترةبع',
    letters: 'سدفكقحهجشصطىخزثذضغءئؤإأآظ،؟',
  },
  { charset: 'windows-874', language: 'Thai', common: 'านรอกเงมยลวดท', letters: 'ก-๛' },
  {
    charset: 'shift_jis',
    language: 'Japanese',
    common: 'のにはたをとがしてでいるなれか',
    letters: 'ぁ-ヿ一-龠',
  },
  {
    charset: 'euc-jp',
    language: 'Japanese',
    common: 'のにはたをとがしてでいるなれか',
    letters: 'ぁ-ヿ一-龠',
  },
  {
    charset: 'euc-kr',
    language: 'Korean',
    common: '이다는에의가을를한니하고은로지도사서',
    letters: '가-힣',
  },
  {
    charset: 'gbk',
    language: 'Chinese',
    common:
      '的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手',
    letters: '一-龠',
  },
  {
    charset: 'big5',
    language: 'Chinese',
    common:
      '的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手',
    letters: '一-龠',
  },
];

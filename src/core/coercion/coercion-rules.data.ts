import type { CoercionRule } from './coercion.ts';

/**
 * Wording of threats, demands, deadlines and claims of knowledge, in English and Spanish.
 *
 * Patterns run over folded text: lower case, no accents, straight quotes, one blank for any white
 * space. Gaps are bounded. Keys: the pattern can only match a text that holds a key of each group joined by `+`
 * (`wordKeys`). A key of three letters is the beginning of a word, so is a shorter one; a longer one is a whole word, `a_b`
 * two words side by side, both whole; `$` is itself. Nearly all rules are passed over by them.
 * Written by hand after the kinds of threat mails to voters (2020) and extortion mails, with translations;
 * docs/methods/coercion.md holds the measured rates.
 */
export const COERCION_RULES: readonly CoercionRule[] = [
  // Threats, English.
  rule(
    'threat',
    'en',
    'come-after-you',
    'will,ll,shall,to,gonna_come,be,go + come,coming,go,going_after,for,to + come,coming,go,going_after,for to_get + we,i_will,ll,shall,going,gonna are,am,re,m_going,gonna + we i + you',
    `WE (?:come|be coming|go|be going) (?:after|for|to get) (?:you|your)`,
  ),
  rule(
    'threat',
    'en',
    'will-harm',
    'will,ll,shall,to,gonna_hurt,kill,find,punish,harm,hunt,attack,beat,destroy,burn,shoot,visit,expose,ruin,track,eliminate,deal + will,ll,shall,gonna_hurt,kill,find,punish,harm,hunt,attack,beat,destroy,burn,shoot,visit,expose,ruin,track,eliminate,deal going_to + we,i_will,ll,shall,going,gonna are,am,re,m_going,gonna + we i + you',
    `WE (?:hurt|kill|find|punish|harm|hunt|attack|beat|destroy|burn|shoot|visit|expose|ruin|track|eliminate|deal with)(?: down)? (?:you|your)`,
  ),
  rule(
    'threat',
    'en',
    'or-else',
    'or_else or,otherwise,and_you + or_else reg suf sor pay + or_else you_will,ll,are,re',
    "\\bor else\\b(?! HARMLESS_ELSE\\b)|\\b(?:or|otherwise|and) you(?: will|'ll| are going to|'re going to) (?:regret|suffer|be sorry|pay)",
  ),
  rule(
    'threat',
    'en',
    'or-we-will',
    'or,otherwise_we,i if_you + we i + wil ll sha goi gon',
    "\\b(?:or|otherwise) WE(?! HARMLESS_DEED\\b)|\\bif you (?:do not|don't|fail to|refuse to) (?:\\w+,? ){1,6}WE(?! HARMLESS_DEED\\b)",
  ),
  rule(
    'threat',
    'en',
    'warning',
    'take,taking_this been_warned last,final,only_warning',
    "\\b(?:take|taking) this (?:very )?serious(?:ly)?\\b|\\byou(?: have|'ve) been warned\\b|\\b(?:last|final|only) warning\\b",
  ),
  rule(
    'threat',
    'en',
    'consequences',
    'face,suffer,be,serious,dire,grave,the,severe_consequences watch_your',
    '\\b(?:face|suffer|be|serious|dire|grave) (?:the |severe |serious |dire |grave )?consequences\\b|\\bwatch your back\\b',
  ),
  rule(
    'threat',
    'en',
    'family',
    'your_family,children,kids,wife,husband,mother,loved,home,house + family,children,kids,wife,husband,mother,ones,home,house_will,is,are,may,might,could',
    '\\byour (?:family|children|kids|wife|husband|mother|loved ones|home|house) (?:will|is|are|may|might|could)(?: not)?(?: be)? (?:safe|in danger|pay|suffer|hurt|harmed|dead|burned|next|visited)',
  ),
  rule(
    'threat',
    'en',
    'die',
    'you family children kids + die killed shot dead',
    "\\b(?:you|your (?:family|children|kids|wife|husband|mother))(?:(?: will| are| is|'ll|'re)?(?: all)?(?: going to| gonna)? (?:die\\b(?! (?:for|of|without|to|laughing)\\b)|be (?:killed|shot|dead)\\b)| dies next\\b)",
  ),
  rule(
    'threat',
    'en',
    'arrest',
    'be,get_arrested,deported,jailed,imprisoned,detained,reported + you your',
    "\\byou(?:(?: will|'ll| could| can| may| might| would)(?: be| get)|'re going to be| are going to be) (?:arrested|deported|jailed|imprisoned|detained|reported to (?:the )?(?:ice|police|immigration))\\b",
  ),
  rule(
    'threat',
    'en',
    'at-the-polls',
    'ice,agents,officers,police,men,guards,people,patriots,citizens,guns,militia,militias,sniper,snipers_will,are,shall,gonna + will,to,shall,gonna_be + ice agents officers police armed guns militia militias snipers + poll polls polling voting ballot there',
    '\\b(?:ice|ice agents|immigration (?:agents|officers)|police|armed (?:\\w+ )?(?:men|guards|people|patriots|citizens)|men with guns|militias?|snipers) (?:will|are going to|shall|gonna) be (?:\\w+ ){0,2}(?:there\\b|(?:at|outside|near|in front of) (?:\\w+ ){0,3}(?:polls?|polling|voting|ballot)\\b)',
  ),
  rule(
    'threat',
    'en',
    'data-to-police',
    'police ice immigration debt_collector,collectors + warrant warrants debt debts arrest arrests deport',
    '\\b(?:goes|go|given|handed|sent|shared|passed|used) (?:\\w+ ){0,3}(?:police|ice|immigration|debt collectors?) (?:\\w+ ){0,8}(?:warrants?|debts?|arrests?|deport)',
  ),
  rule(
    'threat',
    'en',
    'regret',
    'regret + you',
    "\\byou(?:'ll| will| are going to|'re going to| gonna|'re gonna) (?:\\w+ )?regret (?:it|this|that|voting|your vote)\\b",
  ),
  // Threats, Spanish.
  rule(
    'threat',
    'es',
    'come-after-you',
    'ti ust vos',
    '\\b(?:iremos|vamos a ir|vendremos|vamos a venir|voy a ir|ire|vamos) (?:a )?(?:por|tras|en contra de) (?:ti|usted(?:es)?|vosotros)\\b',
  ),
  rule(
    'threat',
    'es',
    'will-harm',
    'matar encontrar castigar destruir buscar golpear matar,encontrar,castigar,destruir,buscar,golpear~emos,e,an haremos hacer hare',
    '\\b(?:te|le|les|os|lo|los|la) (?:vamos a |voy a |van a )?(?:matar|encontrar|castigar|destruir|buscar|golpear)(?:emos|e|an)?\\b|\\b(?:te|le|les|os) (?:vamos a |voy a )?(?:haremos|hacer|hare) (?:dano|pagar)',
  ),
  rule(
    'threat',
    'es',
    'or-else',
    'arr lam pag pes ira',
    '\\b(?:o si no|de lo contrario|o) (?:\\w+ ){0,2}(?:te arrepentiras|se arrepentira|os arrepentireis|lo lamentaras?|lo pagaras?|(?:te|le|les) (?:pesara|ira mal))',
  ),
  rule(
    'threat',
    'es',
    'warning',
    'ultima,ultimo_advertencia,aviso has,ha,han_sido queda,quedas,quedan_advertido,advertida,advertidos,advertidas en_serio',
    '\\bultim[ao] (?:advertencia|aviso)\\b|\\b(?:has|ha|han) sido advertid[oa]s?\\b|\\bqueda[sn]? advertid[oa]s?\\b|\\b(?:tomar|tomate|tome|toma)(?:lo|selo)? (?:esto )?(?:muy )?en serio\\b',
  ),
  rule(
    'threat',
    'es',
    'consequences',
    'consecuencias + ate suf enf pag hab',
    '\\b(?:atente|atengase|aten[ge]anse|atenganse|sufriras?|enfrentaras?|pagaras?|habra)(?: con)?(?: a)? (?:las |graves |serias )?consecuencias\\b',
  ),
  rule(
    'threat',
    'es',
    'family',
    'tu,su,tus,sus_familia,hijos,casa,esposa,marido,madre',
    '\\b(?:tu|su|tus|sus) (?:familia|hijos|casa|esposa|marido|madre) (?:no )?(?:estara?n?|esta|pagara?n?|sufrira?n?|corre)',
  ),
  rule(
    'threat',
    'es',
    'arrest',
    'arrestad,detenid,deportad,encarcelad~o,a,os,as arrestar deportar detener arrestar,deportar,detener~an,a,emos',
    '\\b(?:seras?|seran?|sereis|sera usted|vas? a ser|van a ser) (?:\\w+ )?(?:arrestad|detenid|deportad|encarcelad)[oa]s?\\b|\\b(?:te|le|les|los|las) (?:van a |vamos a )?(?:arrestar|deportar|detener)(?:an|a|emos)?\\b',
  ),
  rule(
    'threat',
    'es',
    'at-the-polls',
    'ice migra policia armados milicia milicias agentes inmigracion + urnas casillas votacion alli',
    '\\b(?:ice|la migra|(?:la )?policia|hombres armados|milicias?|agentes(?: de (?:ice|inmigracion))?) (?:estara|estaran|estaremos|van? a estar|te esperara|le esperara|los esperara)n? (?:\\w+ ){0,3}(?:urnas|casillas|centros? de votacion|alli)\\b',
  ),
  rule(
    'threat',
    'es',
    'die-or-regret',
    'morir moriras arrepentir arrepentiras arrepentira lamentara lamentaras',
    '\\b(?:vas? a morir|vais a morir|van a morir|moriras)\\b|\\b(?:te (?:vas a arrepentir|arrepentiras)|se (?:va a arrepentir|arrepentira)|lo lamentaras?)\\b',
  ),
  // Demands, English.
  rule(
    'demand',
    'en',
    'you-will',
    'will,must,to,better,shall,not,now_vote,change,switch,register,pay,send,transfer,withdraw,resign,stay,stop,deposit + you_will,must,have,need,had,better,are,shall',
    '\\byou (?:will|must|have to|need to|had better|better|are to|shall) (?:not )?(?:now )?(?:vote|change|switch|register (?:as|with)|pay|send|transfer|withdraw|resign|stay|stop|deposit)\\b',
  ),
  rule(
    'demand',
    'en',
    'vote-for',
    'vote_for,against not,t,never,and,to_vote,cast home_on,this,next stay_away the_polls',
    "(?:^|[.!?:;] ?|\\bor )vote (?:for|against) [a-z]+|(?<!\\b(?:you|who|they|we|i|people|voters|citizens|to) )\\b(?:do not|don't|never) (?:go (?:out )?(?:and|to) )?(?:vote|cast (?:a|your) ballot)\\b|\\bstay (?:at )?home (?:on|this|next) (?:election day|\\w+day)\\b|\\bstay away from (?:the )?(?:polls|polling (?:places?|stations?)|voting)|\\b(?:do not|don't) (?:show up|come|go) (?:at|to) the polls\\b",
  ),
  rule(
    'demand',
    'en',
    'change-party',
    'affiliation registration party + change,switch_your',
    '\\b(?:change|switch) your (?:party|voter|political)? ?(?:affiliation|registration|party)\\b',
  ),
  rule(
    'demand',
    'en',
    'comply',
    'and,will,must,to,you_comply,obey',
    '\\b(?:and|will|must|to|you) (?:comply|obey)\\b',
  ),
  rule(
    'demand',
    'en',
    'pay',
    'bit btc usd dol ran $ + send pay transfer deposit',
    '\\b(?:send|pay|transfer|deposit) (?:\\S+ ){0,5}(?:bitcoins?|btc|usd|dollars|ransom|\\$ ?\\d)|\\b(?:send|pay|transfer) \\$ ?\\d',
  ),
  // Demands, Spanish.
  rule(
    'demand',
    'es',
    'you-will',
    'debe debes deben debera deberas deberan tiene,tienes,tienen_que mas_te,le,les ha,has,han_de + vot cam pag env tra ret que obe cum',
    '\\b(?:debe[sn]?|debera[sn]?|tiene[sn]? que|mas (?:te|le|les) vale|ha[sn]? de) (?:no )?(?:votar|cambiar|pagar|enviar|transferir|retirar|quedar|obedecer|cumplir)',
  ),
  rule(
    'demand',
    'es',
    'vote-for',
    'vot que',
    '(?:^|[.!?:;] ?)(?:vote[n]?|vota|votad) (?:por|a|contra)\\b|\\b(?:votaras?|votaran|votareis) (?:por|a|contra)\\b|\\bno (?:votes|vote[n]?|voteis|vaya[sn]? a votar)\\b|\\bqueda(?:te|os)|\\bque(?:de(?:n)?se) en casa\\b',
  ),
  rule(
    'demand',
    'es',
    'change-party',
    'cambia,cambie,cambien,cambiad,cambiar_tu,su,de,vuestra + afi par reg',
    '\\bcambi(?:a|e|en|ad|ar) (?:tu|su|de|vuestra) (?:afiliacion|partido|registro)\\b',
  ),
  rule(
    'demand',
    'es',
    'pay',
    'env pag tra dep + bitcoin bitcoins btc dolares euros pesos rescate',
    '\\b(?:envi[ae]n?|pag[au]e?n?|pagar|transfier[ae]n?|deposit[ae]n?) (?:\\S+ ){0,5}(?:bitcoins?|btc|dolares|euros|pesos|rescate)\\b',
  ),
  // Deadlines.
  rule(
    'deadline',
    'en',
    'within',
    'within,in,next,have,only,just,exactly,one,two,three,four,eight_hour,hours,hr,hrs,day,days,minute,minutes one,two,three,four,eight~hour,hours,hr,hrs,day,days,minute,minutes + hour hours hr hrs day days minute minutes + within in you',
    '\\b(?:within|in(?: the next)?|you have(?: only| just| exactly)?) (?:\\d{1,3}|one|two|three|twenty[ -]four|forty[ -]eight) ?(?:hours?|hrs?|days?|minutes?)\\b',
  ),
  rule(
    'deadline',
    'en',
    'by-date',
    'by,before,until,the_end,tomorrow,tonight,midnight,noon,election,monday,tuesday,wednesday,thursday,friday,saturday,sunday,january,february,march,april,may,june,july,august,september,october,november,december,# later_than + by,before,until_the,end,tomorrow,tonight,midnight,noon,election,monday,tuesday,wednesday,thursday,friday,saturday,sunday,january,february,march,april,may,june,july,august,september,october,november,december,# later_than + by,before,until,than,the_# january,february,march,april,may,june,july,august,september,october,november,december_# end_of tomorrow tonight midnight noon election monday tuesday wednesday thursday friday saturday sunday',
    '\\b(?:by|before|until|no later than) (?:the )?(?:end of (?:the )?day|tomorrow|tonight|midnight|noon|election day|the election|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august|september|october|november|december) \\d{1,2}|\\d{1,2}[/.-]\\d{1,2})\\b',
  ),
  rule(
    'deadline',
    'en',
    'last-chance',
    'last,final,only_chance,opportunity',
    '\\b(?:last|final|only) (?:chance|opportunity)\\b',
  ),
  rule(
    'deadline',
    'es',
    'within',
    'hora horas dia dias minuto minutos una,un,dos,tres,veinticuatro,ocho~hora,horas,dia,dias,minuto,minutos',
    '\\b(?:en(?: las?| los)?(?: proxim[ao]s)?|dentro de|tiene[sn]?|dispone[sn]? de) (?:\\d{1,3}|una|un|dos|tres|veinticuatro|cuarenta y ocho) ?(?:horas?|dias?|minutos?)\\b',
  ),
  rule(
    'deadline',
    'es',
    'by-date',
    'antes_de,del hasta_el mas_tardar',
    '\\b(?:antes del?|hasta el|a mas tardar(?: el)?) (?:la |el )?(?:manana|medianoche|mediodia|dia de (?:las )?elecciones|elecciones|lunes|martes|miercoles|jueves|viernes|sabado|domingo|\\d{1,2} de [a-z]+|\\d{1,2}[/.-]\\d{1,2})\\b',
  ),
  rule('deadline', 'es', 'last-chance', 'opo', '\\bultima oportunidad\\b'),
  // Claims of knowledge.
  rule(
    'knowledge',
    'en',
    'in-possession',
    'possession + your voter personal you vot per',
    '\\bin (?:full )?possession of (?:\\w+ ){0,3}(?:your|voter|personal)\\b',
  ),
  rule(
    'knowledge',
    'en',
    'have-your-data',
    'we,i_have,ve,got,hold,obtained,collected,downloaded + your ur + information data address addresses record records password passwords details file files contacts phone photo photos video videos ballot registration',
    "\\b(?:we|i)(?: have|'ve| got| hold| obtained| collected| downloaded)+ (?:\\w+ ){0,3}(?:your|ur) (?:\\w+ ){0,2}(?:information|data|address(?:es)?|records?|passwords?|details|files?|contacts|phone|photos?|videos?|ballot|registration)\\b",
  ),
  rule(
    'knowledge',
    'en',
    'know-you',
    'we,i,will,ll,already,shall_know,find,see + know,out,see,exactly_where,who,which,how,if,whether,what,whom + you',
    "\\b(?:we|i)(?: will|'ll| already| shall)? (?:know|find out|see) (?:exactly )?(?:where|who|which|how|if|whether|what|whom)(?: \\w+)? you(?:'ve| have| are|r)?\\b",
  ),
  rule(
    'knowledge',
    'en',
    'access',
    'gained,got,obtained,have,had,full,complete_access hacked breached cracked + you vot ele',
    '\\b(?:gained|got|obtained|have|had) (?:full |complete )?access (?:in)?to (?:\\w+ ){0,3}(?:your|voter|voting|election)|\\b(?:hacked|breached|cracked) (?:into )?(?:your|the (?:voter|voting|election))',
  ),
  rule(
    'knowledge',
    'en',
    'registered-as',
    'are,currently,still,a_registered + you_are',
    '\\byou are (?:currently |still )?(?:a )?registered (?:as|with|to vote)\\b|\\byou are a registered\\b',
  ),
  rule(
    'knowledge',
    'en',
    'watching',
    'are,am,re,m,be,been_watching,monitoring,tracking,following + you + we i',
    "\\b(?:we|i)(?: are| am|'re|'m| will be|'ll be| have been) (?:watching|monitoring|tracking|following) you",
  ),
  rule(
    'knowledge',
    'es',
    'in-possession',
    'posesion_de nuestro_poder',
    '\\ben (?:posesion de|nuestro poder) (?:\\w+ ){0,3}(?:tu|su|tus|sus|vuestr[ao]s?|los datos|la informacion)?',
  ),
  rule(
    'knowledge',
    'es',
    'have-your-data',
    'tenemos tengo hemos_obtenido obtuvimos poseemos + tu tus su sus vue + inf dat dir con arc reg tel fot vid bol',
    '\\b(?:tenemos|tengo|hemos obtenido|obtuvimos|poseemos) (?:\\w+ ){0,3}(?:tus?|sus?|vuestr[ao]s?) (?:\\w+ ){0,1}(?:informacion|datos|direccion|contrasenas?|archivos?|registros?|telefono|fotos?|videos?|boleta)\\b',
  ),
  rule(
    'knowledge',
    'es',
    'know-you',
    'sab se',
    '\\b(?:sabemos|sabremos|ya sabemos|se|sabre) (?:exactamente )?(?:donde|quien|por quien|como|si|que|a quien|cual) (?:\\w+ ){0,1}(?:vives?|viven|trabajas?|votas?te|voto|votaras?|votas?|eres|es|ha[sn]? votado)\\b',
  ),
  rule(
    'knowledge',
    'es',
    'access',
    'acceso_a hemos_hackeado,jaqueado,entrado,vulnerado',
    '\\b(?:hemos|ha sido|fue) (?:obtenido|logrado|conseguido|ganado) acceso a\\b|\\bhemos (?:hackeado|jaqueado|entrado en|vulnerado)\\b|\\btenemos acceso a (?:\\w+ ){0,3}(?:tu|su|tus|sus|votantes|electoral)',
  ),
  rule(
    'knowledge',
    'es',
    'registered-as',
    'registrado registrada inscrito inscrita empadronado empadronada',
    '\\b(?:estas?|esta usted|figuras?) (?:actualmente )?(?:registrad[oa]|inscrit[oa]|empadronad[oa])\\b',
  ),
  rule(
    'knowledge',
    'es',
    'watching',
    'vig obs sig + te,le,les,os_estamos,estaremos,estoy,vigilamos,observamos',
    '\\b(?:te|le|les|os) (?:estamos|estaremos|estoy) (?:vigilando|observando|siguiendo)\\b|\\b(?:te|le|les|os) (?:vigilamos|observamos)\\b',
  ),
];

function rule(
  sign: CoercionRule['sign'],
  language: CoercionRule['language'],
  code: string,
  keys: string,
  pattern: string,
): CoercionRule {
  const we = "\\b(?:we|i)(?: will|'ll| shall|(?: are|'re| am|'m)? (?:going to|gonna))";
  const spelled = pattern.replace(/\bWE\b/g, we).replace(/\bHARMLESS_(ELSE|DEED)\b/g, harmless);
  return { sign, language, code, keys: keys.split(' + '), pattern: spelled };
}

/** What an office says in an honest notice where a threat would go on. */
function harmless(_: string, what: string): string {
  const forms = '(?:reminder|letter|notice|form|ballot|card|application|confirmation)';
  return what === 'ELSE'
    ? '(?:if|please|call|contact|ask|visit|see|use|try|go (?:to|online)|write|e-?mail|bring|check|click|apply|request|return|your (?:ballot|vote|application|registration|request|form)|it (?:will|may|can))'
    : `(?:be (?:happy|glad|unable)|(?:all )?(?:lose|fail|miss|win|suffer)|never (?:win|get|have|see)|not be able|have to|need to|help|assume|(?:contact|notify|remind|call) you|(?:mail|send) (?:you )?(?:a|an|another|the|your) (?:\\w+ )?${forms}|(?:cancel|place|mark|close|keep|process|return) (?:your|the))`;
}

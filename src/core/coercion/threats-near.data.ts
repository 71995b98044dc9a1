import { rules } from './coercion-rule.ts';

const { raw } = String;

/** Up to ten words of one sentence. */
const GAP = raw`[^\w\s.!?;]{0,2} (?:[^\s.!?;]{1,30} ){0,10}`;
/** The same without a word that denies it. */
const SAID = raw`[^\w\s.!?;]{0,2} (?:(?!not |no |never |nor |\w+n't )[^\s.!?;]{1,30} ){0,10}`;

/** Two classes of words in one sentence, in either order. */
const near = (one: string, two: string, gap = GAP): string =>
  raw`\b(?:${one})\b${gap}(?:${two})\b|\b(?:${two})\b${gap}(?:${one})\b`;

const KILLED = raw`(?:be|get|gets|and|or|all) (?:shot|hanged|hung|lynched|executed|killed|stabbed|burned|beheaded|strung up|gunned down)|firing squads?|noose|gallows|lynch(?:ed|ing)?|rope|bullets?|in (?:the|a) (?:ground|ditch|grave|casket|coffin|morgue)|graves?|body ?bags?|never (?:come|make it|get|walk) (?:back )?home|bleed out|blood (?:on|in) (?:the|your)|(?:your|spill) blood`;
const YOU = raw`you|your|yours|yourself|traitors?`;
const WEAPONS = raw`guns?|rifles?|ar-?15s?|shotguns?|pistols?|firearms|bombs?|explosives|machetes?|ammo`;
const MEN = raw`men|boys|friends|people|patriots|guys|brothers|militia`;
const PLACES = raw`polls|polling (?:places?|stations?|sites?)|precincts?|tabulation|count(?:ing)? (?:center|room)|drop ?box(?:es)?|warehouse|clerk'?s? office|election office|your office|court ?house|ballots|every voter|vote counters`;
const WILL = raw`should|ought to|will|'ll|gonna|going to|must|deserves? to|time to|want to|ready to|let's|i'd|we'd`;
const AGENTS = raw`immigration|ice|police|cops|fbi|sheriff|deputies|marshals|border patrol|agents|militia|proud boys|patriots|our boys|our guys|our men`;
const AT_YOU = raw`(?:at|on|to|outside|through|down) your (?:front )?(?:door|house|home|doorstep|porch|apartment)|(?:arrest|deport|detain) you|(?:pick|round|haul) you up|(?:take|haul|drag) you (?:away|out|off)`;

/**
 * Threats by classes of words that stand near each other, whatever the phrase. Wider than those of
 * whole phrases, so most speak only in a text that names an election or its office.
 */
export const NEAR_EN = rules('threat', 'en', [
  [
    'near-killing',
    'shot hanged hung lyn executed killed stabbed burned beheaded strung_up gunned_down firing_squad,squads noose gallows rope bullet bullets ground ditch grave graves casket coffin morgue body_bag,bags bodybag bodybags never_come,make,get,walk bleed_out blood + you traitor traitors',
    near(KILLED, YOU),
    'vote',
  ],
  [
    'near-weapon',
    'gun guns rifle rifles ar shotgun shotguns pistol pistols firearms bomb bombs explosives machete machetes ammo + my our with bri car + pol pre tab dro war cle ele you cou bal eve vot tra',
    near(
      raw`(?:my|our|bring|bringing|carrying|(?:${MEN}) with) (?:\w+ )?(?:${WEAPONS})`,
      raw`${PLACES}|${YOU}`,
      SAID,
    ),
    'vote',
  ],
  [
    'near-bomb',
    'bomb bombs explosives device + goes go going explodes explode detonates detonate blows blow ticking tic',
    raw`\b(?:bombs?|explosives|device) (?:\w+ ){0,2}(?:goes off|go off|going off|explodes?|detonates?|blows?|ticking)\b`,
    'vote',
  ],
  [
    'near-violence',
    'should ought will ll gonna going must deserve deserves time want ready let d + burn torch shoot hang lynch behead strangle stab gut execute murder slaughter drag bomb blow_up set_fire kill + you tra eve all tho the tha pol pre tab count counting dro war cle ele cou bal vot',
    raw`(?:\b(?:${WILL.replace("'ll|", '')})|'ll)(?: \w+){0,2} (?:(?:burn|torch|shoot up|bomb|blow up|set fire to) (?:[^\s.!?;]{1,30} ){0,4}(?:${PLACES}|you in(?:side)? it)|(?:hang|lynch|shoot|behead|strangle|stab|gut|execute|murder|slaughter|drag|kill) (?:(?:every|all|each)(?: single)?(?: last)?(?: one)? of you|you people|you all|you traitors|(?:the |those |these |that |all )?(?:traitors?|clerks?|vote counters|poll workers|voters)))\b`,
    'vote',
  ],
  [
    'in-the-ground',
    'ground ditch grave hole coffin casket river + you',
    raw`\b(?:put|putting|bury|burying|dump|dumping|leave|throw|find) you(?:r \w+)? (?:\w+ )?in (?:the|a|an?) (?:\w+ )?(?:ground|ditch|grave|hole|coffin|casket|river)\b`,
    'vote',
  ],
  [
    'near-agents',
    'immigration ice police cops fbi sheriff deputies marshals border_patrol agents militia proud_boys patriots our_boys,guys,men + your_front,door,house,home,doorstep,porch,apartment arrest,deport,detain,pick,round,haul,take,drag_you',
    near(AGENTS, AT_YOU, SAID),
    'vote',
  ],
  [
    'coming-for-all',
    'coming_for,after + you every all each',
    raw`(?<!\b(?:bus|van|car|ride|driver|help|taxi|shuttle) (?:is|are) )\b(?:is|are|'re) coming (?:for|after) (?:every(?: single)?(?: last)?(?: one)? of you|all of you|each of you|you\b(?! (?:to|with|at|on)\b))`,
    'vote',
  ],
  [
    'visit-by-ours',
    'visit_from',
    raw`\bvisit from (?:our|the|some|my) (?:\w+ )?(?:${MEN})\b`,
    'vote',
  ],
  [
    'shown-to-yours',
    'to_your,all + employer boss family wife husband nei contacts friends church landlord + unless,if,or_you',
    near(
      raw`(?:go|goes|going|sent|mailed|shown|given) to (?:all )?your (?:employer|boss|family|wife|husband|neighbou?rs|contacts|friends|church|landlord)`,
      raw`unless you|if you|or you`,
      SAID,
    ),
    'vote',
  ],
  ['been-warned', 'been_warned', raw`\byou(?: have|'ve) been warned\b`, 'vote'],
]);

const MUERTE = raw`zanja|fosa|tumba|ataud|cementerio|bala|balas|balazos?|plomo|soga|horca|paredon|colgad[oa]s?|fusilad[oa]s?|degollad[oa]s?|quemad[oa]s?|(?:te|los|las|le|les) (?:matan|mato|matamos|maten|matara|mataran|mataremos|cuelgan|colgamos|fusilan|queman|quemamos)|(?:matar|colgar|fusilar|quemar|degollar)(?:te|los|las|le|les)|tu sangre|machetes?|pistolas?|rifles?`;
const TU = raw`te|ti|tu|tus|ustedes|usted|(?:el|la|los|las|quien|quienes) que vot\w{1,6}|si vota[ns]?|votantes|traidor|traidora|traidores`;

/** The same in Spanish. */
export const NEAR_ES = rules('threat', 'es', [
  [
    'near-killing',
    'zan fos tum ata cem bal plo sog hor par col fus deg mat quemado quemada quemados quemadas queman quemamos quemarte quemarlos quemarlas quemarle quemarles cue san mac pis rif + te ti tu tus ust que si vot tra',
    near(MUERTE, TU),
    'vote',
  ],
  [
    'break-bones',
    'par rom rev que des + cara hocico cabeza madre pierna piernas brazo brazos hueso huesos boca dientes',
    raw`\b(?:te|le|les|os) (?:(?:voy|vas|va|vamos|van) a (?:partir|romper|reventar|quebrar|destrozar)|partimos|partiremos|partire|rompere|reventamos|reventaremos|quebramos|quebraremos) (?:la|el|los|las|tu|su) (?:cara|hocico|cabeza|madre|piernas?|brazos?|huesos?|boca|dientes)\b`,
  ],
  [
    'burn-yours',
    'quemar incendiar volar quemamos quemaremos + casa oficina coche carro negocio',
    raw`\b(?:te|le|les) (?:(?:voy|vamos|van) a (?:quemar|incendiar|volar)|quemamos|quemaremos) (?:la|el|tu|su) (?:casa|oficina|coche|carro|negocio)\b`,
  ],
  [
    'set-agents-on',
    'migra inmigracion ice + ech man lla avi',
    raw`\b(?:echamos|echaremos|echar|echo|mandamos|mandaremos|mandar|llamamos|llamaremos|llamar|llamo|avisamos|avisaremos) (?:a )?(?:la migra|inmigracion|ice)\b`,
    'vote',
  ],
  [
    'not-home-again',
    'casa + no + vue vol reg lle',
    raw`\bno (?:vuelves?|vuelven|volveras?|volveran|regresas?|regresan|regresaras?|regresaran|llegas|llegaras?|llegaran)(?: vivos?| viva| mas)? a (?:tu |su |sus )?casa\b`,
    'vote',
  ],
  [
    'left-without',
    'sin + trabajo empleo casa beneficios papeles visa',
    raw`\b(?:te|se|les|le) (?:(?:vas|va|van|vamos|voy) a (?:quedar|dejar)|quedaras?|quedaran|quedas|dejamos|dejaremos) sin (?:tu |su )?(?:trabajo|empleo|casa|beneficios|papeles|visa)\b`,
    'vote',
  ],
]);

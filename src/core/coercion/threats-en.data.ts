import { rules } from './coercion-rule.ts';

const { raw } = String;

/**
 * Threats in English: harm to a person, those near them, their home or living; force at the polls;
 * what is to be made public. Each is bound to whom it is said to (`you`, `your family`), for the
 * same verbs stand in honest mail.
 */
export const THREATS_EN = rules('threat', 'en', [
  [
    'come-after-you',
    'come,coming,go,going_after,for,to,and + after,for,get_you,your',
    raw`(?:WE (?:come|be coming|go|be going)|\b(?:we|i)(?: are|'re| am|'m) coming|\b(?:after that|then) (?:we|i) (?:come|go)) (?:after|for|to get|and get) (?:you(?! with| to| at)|your)\b`,
  ],
  [
    'will-harm',
    'hurt kill punish harm hunt attack beat destroy burn shoot ruin execute hang lynch stab finish bury break cut deal eliminate drag + we,i_will,ll,shall,are,am,re,m,going,gonna or_we,i + you',
    raw`(?:WE|OR_WE) (?:hurt|kill|punish|harm|hunt|attack|beat|destroy|burn|shoot|ruin|execute|hang|lynch|stab|finish|bury|break|cut|deal with|eliminate|drag)(?: down)? (?:you\b(?! (?:next|in the|at the|with|up|a|an|in) )(?!r)|YOURS\b|every one of you|your (?:home|house|life|career|business|reputation|legs|neck|throat|car|office)\b)`,
  ],
  [
    'will-find',
    'find,expose,stop,reach,to,down_you + we,i_will,ll,shall,are,am,re,m,going,gonna or_we,i',
    raw`(?:WE (?:find|track down|get to|reach|expose|stop)|OR_WE (?:find|expose|stop)) you\b(?! (?:a|an|the|some|one|another|your|help|at|in|with|by|on|any|more|something|someone|for)\b)`,
  ],
  [
    'coming-to',
    'to + come coming + kill shoot hang lynch burn stab execute hurt + you',
    raw`\bcom(?:e|ing) to (?:kill|shoot|hang|lynch|burn|stab|execute|hurt) (?:you|your)\b`,
  ],
  [
    'should-hang-you',
    'should will must gonna going somebody someone + hang lynch execute shoot kill stab strangle behead + you',
    raw`\b(?:some(?:one|body)|they|people)(?: \w+)? (?:should|will|must|gonna|is going to|are going to) (?:hang|lynch|execute|shoot|kill|stab|strangle|behead) you\b`,
  ],
  [
    'hang-them',
    'hang lynch shoot kill execute + her him them',
    raw`(?:^|[.!?] ?)(?:hang|lynch|shoot|kill|execute) (?:her|him|them)\b(?=[.!]| all\b| and\b)`,
  ],
  [
    'die',
    'you + die killed shot dead hanged hung lynched executed hang swing put dragged stabbed burned',
    raw`YOU_WILL (?:hang\b(?! (?:up|out|on|around|in|the|your|a|it)\b)|swing\b(?! by)|die\b(?! (?:for|of|without|to|laughing|on)\b)|be (?:killed|shot|dead|hanged|hung|lynched|executed|dragged|stabbed|burned|put (?:down|to death|against))\b)|\byou(?:'re| are|'ll be| will be)(?: all)? (?:a )?dead (?:man|woman|men|meat)\b|\byou(?:'re| are) dead(?= ?(?:[.!,]|if\b|when\b))`,
  ],
  [
    'family-die',
    'your,whole,entire,little_family,families,children,kids,kid,child,son,sons,daughter,daughters,wife,husband,mother,father,parents,loved,house,home,office,car + die dies killed shot dead burn hurt harmed next suffer pay burned danger visited what dealt sorry',
    raw`YOURS(?:(?: will| may| might| could|'ll)(?: all)? (?:die\b|pay\b(?! (?:less|no|only|for the)\b)|suffer\b(?! (?:less|from|no)\b)|burn\b(?! (?:about|more|less|\d))|be (?:killed|shot|dead|hurt|harmed|burned|next\b(?! (?:to|door|in line|week|on|up)\b)|visited\b(?! by (?:\w+ ){0,2}(?:nurses?|doctors?|teachers?|grand\w+|family|santa)\b)|in danger|dealt with|sorry))|(?: is| are) (?:in danger|next\b(?! (?:to|door|in line|week|on|up)\b)|dead)|(?: will)? gets? what(?:'s| is) coming| dies? next)|\byour (?:home|house|office|car) (?:will|is going to) (?:burn\b(?! (?:about|more|less|\d))|be (?:burned|visited|next\b))`,
  ],
  [
    'not-safe',
    'safe + not won isn aren',
    raw`YOURS (?:(?:will|may|might|are|is) not|won't|isn't|aren't) (?:be )?safe\b(?! (?:in|on|near|around|with|without|to) )|\byou (?:will not|won't|are not|aren't) (?:be )?safe (?:at home|in your (?:home|house|bed|office)|from (?:us|me)|anywhere|as long as)\b`,
  ],
  [
    'dead-by-night',
    't,not,never_wake,live,survive,see,make',
    raw`\byou(?: will not|'ll not| won't| will never|'ll never) (?:wake up|live to see|survive to see|see (?:tomorrow|another day)|make it (?:home|out alive|to your car))\b`,
  ],
  [
    'bullet',
    'bullet bullets round rounds knife lead + your you his her the',
    raw`\bput(?:s|ting)? (?:a|one|two|some) (?:bullets?|rounds?|knife|lead) in(?:to)? (?:you|your|his|her|their)\b|\bbullets? (?:in|for|through|to|between|behind) (?:your|his|her) (?:head|skull|brain|back|face|family|eyes|chest|neck|ears?|heart|throat)\b`,
  ],
  [
    'throat',
    'throat throats + slit slits cut cuts slash + you his her the',
    raw`\b(?:slits?|cuts?|slash) (?:your|his|her|their) throats?\b`,
  ],
  [
    'hope-you-die',
    'hope + die dies hang rot killed shot kills shoots slits hangs hurts',
    raw`\bhope (?:you|she|he|they)(?: all)? (?:die|dies|hang|rot|get (?:killed|shot))\b(?! (?:out|hard))|\bhope some(?:one|body) (?:kills|shoots|slits|hangs|hurts) (?:you|your|her|him|them)\b`,
  ],
  [
    'kill-yourself',
    'kill hang shoot + yourself',
    raw`(?:^|[.!?:;,] ?|\b(?:go|just|please|or|and) )(?:kill|hang|shoot) yourself\b`,
  ],
  [
    'days-numbered',
    'days_are time_is last,of,your_days + numbered coming up enjoy',
    raw`\byour days are numbered\b|\byour time (?:is coming\b|is up\b(?=[.!,]| and\b))|\benjoy (?:the |your )?last (?:of (?:your )?)?days\b`,
  ],
  [
    'watch-your-back',
    'watch_your over_your eye_open from_us from_me on_your on_their + back six shoulder open hide backs head heads',
    raw`\bwatch your (?:back|six)\b|\blook(?:ing)? over your shoulder\b|\bone eye open\b|\bhide from (?:us|me)\b|\btargets? on (?:your|their) (?:back|head)s?\b`,
  ],
  [
    'dealt-with',
    'dealt_with example_of example_out sorry_you + you them',
    raw`\byou(?: and your \w+)?(?: will|'ll)(?: all)? be dealt with\b|\bmake an example (?:out )?of (?:you|them)\b|\byou(?: will|'ll) be sorry you\b`,
  ],
  [
    'shame-if',
    'shame_if pity_if bad_if accidents_happen + hap burn burned burns cat cau dis hurt cra',
    raw`\b(?:shame|pity|too bad) if (?:something|anything) (?:\w+ )?happen(?:s|ed)? to\b|\b(?:shame|pity|too bad) if (?:your|that|her|his|those) (?:\w+ ){1,5}(?:burn(?:s|ed)?|caught fire|catches fire|disappear(?:s|ed)|got hurt|gets hurt|crash(?:es|ed))\b|\baccidents happen to (?:people|those|anyone)\b`,
  ],
  [
    'your-home',
    'your_house,home,door,place,driveway,car visit visitors + come coming showing show shows waiting standing outside pay expect',
    raw`\b(?:we|i)(?:(?:'ll| will| are going to|'re going to)(?: be)?|(?:'re| are|'m| am)) (?:coming|come|showing up|show up|waiting|standing|outside)(?: (?:to|at|by|outside|in front of))? your (?:house|home|door|place|driveway|car)\b(?! (?:to|between|for|on|with (?!guns|rifles|weapons|knives|ropes))\b)|\bpay (?:you|YOURS|your (?:boss|office|home|house)) a (?:\w+ )?visit\b|\bexpect (?:some )?(?:visitors|a visit)\b(?! from (?:our|the|a)\b)|\bshows? up at your (?:door|house|home)\b`,
  ],
  [
    'burn-down',
    'burn blow + dow gro up + off bui cou sch hou hom pol pre you pla',
    raw`\bburn (?:that|the|this|your|their) (?:\w+ ){0,2}(?:office|building|house|home|place|court ?house|school) (?:down|to the ground)\b|\bblow (?:up|you up) (?:the |your |this |that )?(?:\w+ ){0,2}(?:office|building|court ?house|polls?|polling|school|precinct|house|home)\b`,
  ],
  [
    'bomb',
    'bomb bombs explosives explosive',
    raw`\b(?:there(?:'s| is| are)|(?:we|i)(?:'ve| have)? (?:put|planted|placed|hidden|left)) (?:a |an |some )?(?:pipe |car )?(?:bombs?|explosives?)\b(?! (?:threats?|squad|dogs?|drills?|scares?|robot|shelters?|cyclone))(?: \w+){0,2} (?:in|at|inside|under|near|outside)\b|\b(?:bombs?|explosives?) (?:have|has|is|are) (?:been )?(?:placed|planted|hidden|set)\b`,
  ],
  [
    'powder',
    'powder anthrax ricin + the you eac eve thi all',
    raw`\b(?:white powder|anthrax|ricin) (?:\w+ ){0,3}(?:in|inside|on) (?:the|your|each|every|these|this|all)\b`,
  ],
  [
    'armed-at-the-polls',
    'ice agents officers armed guns rifles militia militias sniper snipers gunmen',
    raw`\b(?:ice|ice agents|immigration (?:agents|officers)|armed (?:\w+ )?(?:men|guards|people|patriots|citizens|agents)|men with (?:guns|rifles)|(?:the )?militias?|snipers?|gunmen) (?:will|are going to|shall|gonna|are|is) (?:be )?(?:\w+ ){0,2}(?:watching\b|waiting (?:for you|there|outside|at|in)\b|there\b(?! to (?:help|answer))|(?:at|outside|near|in front of|around|in) (?:\w+ ){0,3}(?:VOTING|door|school)\b)`,
  ],
  [
    'met-by-arms',
    'armed guns rifles weapons met_by + met_by we,i_will,ll,shall,are,am,re,m,going,gonna',
    raw`\bmet by (?:our (?:people|men|guns)|armed \w+|men with guns)\b|\b(?:we|i)(?:(?:'ll| will) be|(?:'re| are|'m| am)) (?:\w+ )?armed\b(?! with (?!guns|rifles|weapons|knives))|\b(?:we|i)(?: will|'ll| are going to| shall) (?:\w+ ){1,6}with (?:our |my )?(?:guns|rifles|weapons)\b`,
  ],
  [
    'police-at-the-polls',
    'police officers sheriff sheriffs cops + arr che + pol vot bal pre dro cou ele',
    raw`\b(?:police|officers|sheriffs?|cops) (?:will |are going to )?(?:be )?(?:\w+ ){0,4}(?:at|outside|near) (?:\w+ ){0,3}(?:VOTING) (?:\w+ ){0,3}(?:arrest|check)`,
  ],
  [
    'arrest',
    'arrested deported jailed imprisoned detained + you',
    raw`\byou(?: all)?(?:(?: will|'ll)(?: be| get)|'re going to be| are going to be) (?:arrested|deported|jailed|imprisoned|detained)\b`,
  ],
  [
    'to-police',
    'police ice immigration debt fbi + warrant warrants debt debts arrest arrests deport deported name names report',
    raw`\b(?:goes|go|given|handed|sent|shared|passed|used) (?:\w+ ){0,3}(?:police|ice|immigration|debt collectors?) (?:\w+ ){0,8}(?:warrants?|debts?|arrests?|deport)|\bnames? (?:\w+ ){0,7}(?:goes|go|given|handed|turned|sent|passed) (?:over )?to (?:the )?(?:ice|immigration|police|fbi)\b|(?:WE|OR_WE) report you to (?:the )?(?:ice|immigration|police|fbi)\b`,
  ],
  [
    'knock',
    'agent agents ice police officers men + your_door pick,take,for_you',
    raw`\b(?:agents?|ice|police|officers|men) (?:will|are going to|'ll) (?:\w+ ){0,2}(?:knock(?:ing)? (?:on|at) your door|pick you up|take you away|waiting for you)\b`,
  ],
  [
    'living',
    'fired evicted laid lose benefits pension food + you everything',
    raw`\byou(?: will|'ll) (?:be|get) (?:fired|evicted|laid off)\b|\b(?:you(?: will|'ll)|or) lose (?:your (?:job|home|house|housing|apartment|visa|green card|pension)\b|everything\b)|\byour (?:benefits|pension|food stamps) will be (?:cut|stopped|taken)\b`,
    'vote',
  ],
  [
    'expose',
    'publish post leak release expose spread + you his her + address photo photos picture pictures video videos name secret secrets ssn vote',
    raw`(?:WE|OR_WE) (?:publish|post|leak|release|expose|spread) (?:\w+ ){0,2}(?:your|his|her) (?:\w+ ){0,2}(?:address|photos?|pictures?|videos?|name|secrets?|ssn|vote)\b(?![ -](?:in|on the list|to you|as|by|form|with|notice)\b)`,
  ],
  [
    'made-public',
    'your_address,home,face,photo,photos,neighbors,neighbours,neighbor,neighbour,boss,friends,contacts,employer everyone,everybody_you the_whole + online posted published leaked learn learns hear hears find finds see sees know knows',
    raw`\byour (?:home )?(?:address|face|photos?) (?:is|are|will be|goes|go|is going to be) (?:\w+ )?(?:online|posted|published|leaked)\b|\b(?:the whole (?:town|county|street)|every(?:one|body) you know|(?:all )?your (?:neighbou?rs|boss|friends|contacts|employer)) (?:will |is going to |are going to |'ll )?(?:learns?|hears?|finds? out|sees?|knows?) (?:about (?:it|you|this)|what you|how you|who you|it|this)\b`,
  ],
  [
    'or-else',
    'or_else or,otherwise,and_you + or_else regret suffer sorry pay_for',
    raw`\bor else(?= ?(?:[.!?]|$))|\bor else (?:something|bad things)\b|\b(?:or|otherwise|and) you(?: will|'ll| are going to|'re going to) (?:regret (?:it|this|that|what)|suffer(?! from)|be sorry|pay for (?:it|this|what))\b`,
  ],
  [
    'or-we-will',
    'or,otherwise,else_we,i if_you + we i + tell call show send make come take hand share sell',
    raw`(?:\b(?:or|otherwise|or else) (?:we|i)|\bif you (?:do not|don't|fail to|refuse to) (?:\w+,? ){1,6}(?:we|i))(?: will|'ll| are going to| shall)? (?:tell (?:your|everyone|everybody|the police|ice|them (?:all|what))|call (?:ice|immigration|the police)|show (?:your|everyone|everybody)|(?:send|share|sell|hand) (?:it|this|them|your (?:photos?|pictures|videos?|secrets)) (?:\w+ )?to (?:your|everyone|everybody|the police|ice|all)|send your (?:photos?|pictures|videos?) to|make you (?:pay|suffer|sorry|regret)|come\b(?! (?:to|back|up|in|with|by|get|pick|find|help|and (?:get|help|find|pick))\b)|take (?:you|it all)\b)`,
  ],
  [
    'warning',
    'take_this take_it last,final,only_warning',
    raw`\b(?:(?:i|we)(?:'d| would)|better|best|advised to) (?:to )?take (?:this|it) (?:very )?seriously\b|\byour (?:last|final|only) warning\b|\b(?:last|final|only) warning ?: ?(?:\w+ ){0,3}(?:vote|withdraw|resign|stop|leave|stay|do not|don't|pay)\b|\bthis is (?:the|our|my|a) (?:last|final) warning\b`,
  ],
  [
    'consequences',
    'face,suffer,the,severe,serious,dire,grave_consequences be_consequences be_serious,severe,dire,grave,terrible + con',
    raw`\b(?:face|suffer) (?:the |severe |serious |dire |grave )?consequences\b|\bthere will be (?:serious |severe |dire |grave |terrible )?consequences\b`,
    'vote',
  ],
  [
    'regret',
    'regret + you',
    raw`\byou(?: all)?(?:'ll| will| are going to|'re going to| gonna|'re gonna) (?:all |really |so |both )?regret (?:it|this|that|voting|your vote)\b(?! in the)`,
  ],
]);

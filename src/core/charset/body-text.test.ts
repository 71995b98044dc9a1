import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { decodeBodyText, decodeCharset } from './index.ts';

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const body = (bytes: Uint8Array, label: string | null, html = false, elsewhere: string[] = []) =>
  decodeBodyText(bytes, { label, html, elsewhere }, nodeKernels);

/** Bytes by Python's codecs (3.11), VISCII by RFC 1456. */
test.each([
  ['utf-8', '5ac3bc7269636820e28093203320e282ac', 'Zürich – 3 €'],
  ['us-ascii', '566f7465206279206d61696c', 'Vote by mail'],
  ['iso-8859-1', '636166e9', 'café'],
  ['latin1', '636166e9', 'café'],
  ['windows-1252', '9333208094209620636166e9', '“3 €” – café'],
  ['cp1252', '9333208094', '“3 €”'],
  ['iso-8859-2', 'be6c75bb6f75e86bfd', 'žluťoučký'],
  ['windows-1250', '9e6c759d6f75e86bfd', 'žluťoučký'],
  ['iso-8859-3', 'e66170656c6f', 'ĉapelo'],
  ['iso-8859-4', 'babb', 'ēģ'],
  ['iso-8859-5', 'b3dedbdee1', 'Голос'],
  ['koi8-r', 'e7cfcccfd3', 'Голос'],
  ['koi8-u', 'adc1cecfcb', 'ґанок'],
  ['windows-1251', 'c3eeebeef1', 'Голос'],
  ['cp866', '83aeabaee1', 'Голос'],
  ['iso-8859-7', 'd8def6eff2', 'Ψήφος'],
  ['windows-1253', 'd8def6eff2', 'Ψήφος'],
  ['iso-8859-8', 'f9ece5ed', 'שלום'],
  ['windows-1255', 'f9ece5ed', 'שלום'],
  ['iso-8859-9', 'f0fdfe', 'ğış'],
  ['windows-1254', 'f0fdfe', 'ğış'],
  ['iso-8859-6', 'd5e8ca', 'صوت'],
  ['windows-1256', 'd5e6ca', 'صوت'],
  ['iso-8859-13', 'e0e8e6', 'ąčę'],
  ['windows-1257', 'e0e8e6', 'ąčę'],
  ['iso-8859-15', '3320a4', '3 €'],
  ['tis-620', 'e0c5d7cda1', 'เลือก'],
  ['windows-1258', 'f5fd', 'ơư'],
  ['gb2312', 'cdb6c6b1', '投票'],
  ['gbk', 'cdb6c6b1e667', '投票鎔'],
  ['gb18030', 'cdb6c6b19439fc36', '投票😀'],
  ['big5', 'a7ebb2bc', '投票'],
  ['shift_jis', '938a955b82b782e9', '投票する'],
  ['cp932', '8740938a955b', '①投票'],
  ['euc-jp', 'c5eac9bca4b9a4eb', '投票する'],
  ['iso-2022-jp', '1b2442456a493c2439246b1b284220616263', '投票する abc'],
  ['euc-kr', 'c5f5c7a5', '투표'],
  ['cp949', 'c5f5c7a58c63', '투표똠'],
  ['iso-2022-kr', '1b2429430e457547250f206162630a0e457547250f', '투표 abc\n투표'],
  ['hz-gb-2312', '7e7b4d3646317e7d20616263', '投票 abc'],
  ['utf-7', '4869204d6f6d202d2b4a6a6f2d2d21', 'Hi Mom -☺-!'],
  ['utf-16', 'fffe56006f007400e900', 'Voté'],
  ['utf-16le', '56006f007400e900', 'Voté'],
  ['utf-16be', '0056006f007400e9', 'Voté'],
  ['utf-32', 'fffe0000560000006f00000074000000e9000000', 'Voté'],
  ['macintosh', '6361668e', 'café'],
  ['cp437', '80ab', 'Ç½'],
  ['ibm850', '63616682', 'café'],
  ['iso-2022-jp-2', '1b2442456a493c1b2842201b242843457547251b2842', '投票 투표'],
  ['viscii', '42a575', 'Bầu'],
])('%s as labelled', (label, hex, text) => {
  expect(decodeCharset(label, bytesOf(hex), nodeKernels)).toBe(text);
  const bytes = bytesOf(hex);
  const found = body(bytes, label);
  expect(found).toMatchObject({ text, defect: null });
  expect(bytes).toEqual(bytesOf(hex));
  expect(['label', 'bom', 'utf-8']).toContain(found.how);
});

/** The same threat in eighteen languages, unlabelled, bytes by Python's codecs. */
test.each([
  [
    'cp1252',
    '566f74657a206176616e74206c652033206e6f76656d6272652c2073696e6f6e206e6f7573207669656e64726f6e73203a206c657320e96ce87665732064e9e7757320736f6e742064e96ae0207072ea747320e020ea747265206ce0206ff920e76120636f6d7074652e20439c75722c206e61ef662e',
    'Votez avant le 3 novembre, sinon nous viendrons : les élèves déçus sont déjà prêts à être là où ça compte. Cœur, naïf.',
  ],
  [
    'iso8859-15',
    '566f74657a206176616e74206c652033206e6f76656d6272652c2073696e6f6e206e6f7573207669656e64726f6e73203a206c657320e96ce87665732064e9e7757320736f6e742064e96ae0207072ea747320e020ea747265206ce0206ff920e76120636f6d7074652e2043bd75722c206e61ef662e',
    'Votez avant le 3 novembre, sinon nous viendrons : les élèves déçus sont déjà prêts à être là où ça compte. Cœur, naïf.',
  ],
  [
    'cp1252',
    '57e4686c656e205369652064696520616e64657265205061727465692c206f64657220776972206b6f6d6d656e207a7572fc636b2e204772f6df652c2053747261df6520756e6420c47066656c20676568f672656e2064617a75209620846e6174fc726c696368932e',
    'Wählen Sie die andere Partei, oder wir kommen zurück. Größe, Straße und Äpfel gehören dazu – „natürlich“.',
  ],
  [
    'latin1',
    '57e4686c656e205369652064696520616e64657265205061727465692c206f64657220776972206b6f6d6d656e207a7572fc636b2e204772f6df652c2053747261df6520756e6420c47066656c20676568f672656e2064617a75203f203f6e6174fc726c6963683f2e',
    'Wählen Sie die andere Partei, oder wir kommen zurück. Größe, Straße und Äpfel gehören dazu ? ?natürlich?.',
  ],
  [
    'latin1',
    'bf566f74f320757374656420617965723f204d61f1616e6120736572e12064656d61736961646f2074617264652c207365f16f722e204c6120696e666f726d616369f36e20657374e120617175ed2c2074616d6269e96e20656e2065737061f16f6c2e',
    '¿Votó usted ayer? Mañana será demasiado tarde, señor. La información está aquí, también en español.',
  ],
  [
    'cp1250',
    '47b36f73756a206e6120696e6eb9207061727469ea2c20626f2070727a796a647a69656d7920706f206369656269652e205a61bff3b3e62067ea9c6cb9206a619ff12c207769656d792067647a6965206d6965737a6b61737a2069209c6c65647a696d79206b61bf64792067b36f732e',
    'Głosuj na inną partię, bo przyjdziemy po ciebie. Zażółć gęślą jaźń, wiemy gdzie mieszkasz i śledzimy każdy głos.',
  ],
  [
    'iso8859-2',
    '47b36f73756a206e6120696e6eb1207061727469ea2c20626f2070727a796a647a69656d7920706f206369656269652e205a61bff3b3e62067eab66cb1206a61bcf12c207769656d792067647a6965206d6965737a6b61737a206920b66c65647a696d79206b61bf64792067b36f732e',
    'Głosuj na inną partię, bo przyjdziemy po ciebie. Zażółć gęślą jaźń, wiemy gdzie mieszkasz i śledzimy każdy głos.',
  ],
  [
    'cp1250',
    '566f6c7465206a696e6f7520737472616e752c206e65626f2073692070726f2076e1732070f8696a64656d652e2050f8ed6c699a209e6c759d6f75e86bfd206bf9f220fa70ec6c20efe162656c736be920f364792c2076ed6d6520769a6563686e6f206f2076619a69636820686c61736563682e',
    'Volte jinou stranu, nebo si pro vás přijdeme. Příliš žluťoučký kůň úpěl ďábelské ódy, víme všechno o vašich hlasech.',
  ],
  [
    'iso8859-2',
    '566f6c7465206a696e6f7520737472616e752c206e65626f2073692070726f2076e1732070f8696a64656d652e2050f8ed6c69b920be6c75bb6f75e86bfd206bf9f220fa70ec6c20efe162656c736be920f364792c2076ed6d652076b96563686e6f206f207661b969636820686c61736563682e',
    'Volte jinou stranu, nebo si pro vás přijdeme. Příliš žluťoučký kůň úpěl ďábelské ódy, víme všechno o vašich hlasech.',
  ],
  [
    'cp1250',
    '537a6176617a7a6f6e2061206de173696b2070e1727472612c206bfc6cf66e62656e20656c6af676fc6e6b20f66ee972742e20c17276ed7a74fb72f52074fc6bf67266fa72f367e9702c207475646a756b2c20686f677920686f6c206c616b696b20e973206b69726520737a6176617a6f74742e',
    'Szavazzon a másik pártra, különben eljövünk önért. Árvíztűrő tükörfúrógép, tudjuk, hogy hol lakik és kire szavazott.',
  ],
  [
    'cp1254',
    '4469f065722070617274697965206f7920766572696e2c20796f6b73612073697a696e2069e7696e2067656c656365f0697a2e2042fc74fc6e2062696c67696c6572696e697a2062697a64652c20fe696d646920fdfefdf0fd2061e7fd6e20766520f6f072656e696e2e',
    'Diğer partiye oy verin, yoksa sizin için geleceğiz. Bütün bilgileriniz bizde, şimdi ışığı açın ve öğrenin.',
  ],
  [
    'cp1251',
    'c3eeebeef1f3e9f2e520e7e020e4f0f3e3f3fe20efe0f0f2e8fe2c20e8ede0f7e520ecfb20eff0e8e4b8ec20e7e020e2e0ece82e20d320ede0f120e5f1f2fc20e2f1ff20e2e0f8e020e8edf4eef0ece0f6e8ff2c20e820ecfb20e7ede0e5ec2c20e3e4e520e2fb20e6e8e2b8f2e52e',
    'Голосуйте за другую партию, иначе мы придём за вами. У нас есть вся ваша информация, и мы знаем, где вы живёте.',
  ],
  [
    'koi8-r',
    'e7cfcccfd3d5cad4c520dac120c4d2d5c7d5c020d0c1d2d4c9c02c20c9cec1dec520cdd920d0d2c9c4a3cd20dac120d7c1cdc92e20f520cec1d320c5d3d4d820d7d3d120d7c1dbc120c9cec6cfd2cdc1c3c9d12c20c920cdd920dacec1c5cd2c20c7c4c520d7d920d6c9d7a3d4c52e',
    'Голосуйте за другую партию, иначе мы придём за вами. У нас есть вся ваша информация, и мы знаем, где вы живёте.',
  ],
  [
    'iso8859-5',
    'b3dedbdee1e3d9e2d520d7d020d4e0e3d3e3ee20dfd0e0e2d8ee2c20d8ddd0e7d520dceb20dfe0d8d4f1dc20d7d020d2d0dcd82e20c320ddd0e120d5e1e2ec20d2e1ef20d2d0e8d020d8dde4dee0dcd0e6d8ef2c20d820dceb20d7ddd0d5dc2c20d3d4d520d2eb20d6d8d2f1e2d52e',
    'Голосуйте за другую партию, иначе мы придём за вами. У нас есть вся ваша информация, и мы знаем, где вы живёте.',
  ],
  [
    'cp866',
    '83aeabaee1e3a9e2a520a7a020a4e0e3a3e3ee20afa0e0e2a8ee2c20a8ada0e7a520aceb20afe0a8a4f1ac20a7a020a2a0aca82e209320ada0e120a5e1e2ec20a2e1ef20a2a0e8a020a8ade4aee0aca0e6a8ef2c20a820aceb20a7ada0a5ac2c20a3a4a520a2eb20a6a8a2f1e2a52e',
    'Голосуйте за другую партию, иначе мы придём за вами. У нас есть вся ваша информация, и мы знаем, где вы живёте.',
  ],
  [
    'cp1251',
    'c3eeebeef1f3e9f2e520e7e020b3edf8f320efe0f0f2b3fe2c20b3ede0eaf8e520ece820eff0e8e9e4e5ecee20efee20e2e0f12e20d320ede0f120ba20e2f1ff20e2e0f8e020b3edf4eef0ece0f6b3ff2c20b320ece820e7ede0baecee2c20e4e520e2e820e6e8e2e5f2e52e',
    'Голосуйте за іншу партію, інакше ми прийдемо по вас. У нас є вся ваша інформація, і ми знаємо, де ви живете.',
  ],
  [
    'koi8-u',
    'e7cfcccfd3d5cad4c520dac120a6cedbd520d0c1d2d4a6c02c20a6cec1cbdbc520cdc920d0d2c9cac4c5cdcf20d0cf20d7c1d32e20f520cec1d320a420d7d3d120d7c1dbc120a6cec6cfd2cdc1c3a6d12c20a620cdc920dacec1a4cdcf2c20c4c520d7c920d6c9d7c5d4c52e',
    'Голосуйте за іншу партію, інакше ми прийдемо по вас. У нас є вся ваша інформація, і ми знаємо, де ви живете.',
  ],
  [
    'cp1253',
    'd8e7f6dff3f4e520f4ef20dcebebef20eafcecece12c20e1ebebe9fef220e8e120ddf1e8eff5ece520ede120f3e1f220e2f1effdece52e20b8f7eff5ece520fcebe5f220f4e9f220f0ebe7f1eff6eff1dfe5f220f3e1f220eae1e920eeddf1eff5ece520f0effd20ecddede5f4e52e',
    'Ψηφίστε το άλλο κόμμα, αλλιώς θα έρθουμε να σας βρούμε. Έχουμε όλες τις πληροφορίες σας και ξέρουμε πού μένετε.',
  ],
  [
    'iso8859-7',
    'd8e7f6dff3f4e520f4ef20dcebebef20eafcecece12c20e1ebebe9fef220e8e120ddf1e8eff5ece520ede120f3e1f220e2f1effdece52e20b8f7eff5ece520fcebe5f220f4e9f220f0ebe7f1eff6eff1dfe5f220f3e1f220eae1e920eeddf1eff5ece520f0effd20ecddede5f4e52e',
    'Ψηφίστε το άλλο κόμμα, αλλιώς θα έρθουμε να σας βρούμε. Έχουμε όλες τις πληροφορίες σας και ξέρουμε πού μένετε.',
  ],
  [
    'cp1255',
    'e4f6e1e9f2e520eceef4ece2e420e4e0e7f8fa20e0e520f9f0e1e5e020e0ece9ebed2e20ebec20e4eee9e3f220f9ecebed20f0eef6e020e1e9e3e9f0e520e5e0f0e7f0e520e9e5e3f2e9ed20e4e9ebef20e0faed20e2f8e9ed2e',
    'הצביעו למפלגה האחרת או שנבוא אליכם. כל המידע שלכם נמצא בידינו ואנחנו יודעים היכן אתם גרים.',
  ],
  [
    'cp1256',
    'd5e6cae6c720e1e1cdd2c820c7e1c2ced120e6c5e1c720d3e4c3caed20c5e1eddfe32e20e1cfede4c720dfe120e3dae1e6e3c7cadfe320e6e4cde420e4dad1dd20c3ede420cad3dfe4e6e420e6e3e420c7e4cacec8cae32e',
    'صوتوا للحزب الآخر وإلا سنأتي إليكم. لدينا كل معلوماتكم ونحن نعرف أين تسكنون ومن انتخبتم.',
  ],
  [
    'iso8859-6',
    'd5e8cae8c720e4e4cdd2c820c7e4c2ced120e8c5e4c720d3e6c3caea20c5e4eae3e52e20e4cfeae6c720e3e420e5d9e4e8e5c7cae3e520e8e6cde620e6d9d1e120c3eae620cad3e3e6e8e620e8e5e620c7e6cacec8cae52e',
    'صوتوا للحزب الآخر وإلا سنأتي إليكم. لدينا كل معلوماتكم ونحن نعرف أين تسكنون ومن انتخبتم.',
  ],
  [
    'cp874',
    'c5a7a4d0e1b9b9e3cbe9bec3c3a4cdd7e8b920c1d4a9d0b9d1e9b9e0c3d2a8d0c1d2cbd2a4d8b320e0c3d2c1d5a2e9cdc1d9c5b7d1e9a7cbc1b4a2cda7a4d8b3e1c5d0c3d9e9c7e8d2a4d8b3cdc2d9e8b7d5e8e4cbb9',
    'ลงคะแนนให้พรรคอื่น มิฉะนั้นเราจะมาหาคุณ เรามีข้อมูลทั้งหมดของคุณและรู้ว่าคุณอยู่ที่ไหน',
  ],
  [
    'shift_jis',
    '95ca82cc937d82c9938a955b82b582c482ad82be82b382a2814282b382e082c882a282c68e8482bd82bf82cd82a082c882bd82cc82c682b182eb82d68d7382ab82dc82b7814282a082c882bd82cc8fee95f182cd82b782d782c48e9d82c182c482a282dc82b78142',
    '別の党に投票してください。さもないと私たちはあなたのところへ行きます。あなたの情報はすべて持っています。',
  ],
  [
    'euc-jp',
    'cacca4cec5dea4cbc5eac9bca4b7a4c6a4afa4c0a4b5a4a4a1a3a4b5a4e2a4caa4a4a4c8bbe4a4bfa4c1a4cfa4a2a4caa4bfa4cea4c8a4b3a4eda4d8b9d4a4ada4dea4b9a1a3a4a2a4caa4bfa4cebef0caf3a4cfa4b9a4d9a4c6bbfda4c3a4c6a4a4a4dea4b9a1a3',
    '別の党に投票してください。さもないと私たちはあなたのところへ行きます。あなたの情報はすべて持っています。',
  ],
  [
    'iso2022_jp',
    '1b24424a4c244e455e244b456a493c24372446242f244024352424212324352462244a242424483b64243f2441244f2422244a243f244e24482433246d24583954242d245e243921232422244a243f244e3e704a73244f2439245924463b7d244324462424245e243921231b2842',
    '別の党に投票してください。さもないと私たちはあなたのところへ行きます。あなたの情報はすべて持っています。',
  ],
  [
    'euc-kr',
    'b4d9b8a520b4e7bfa120c5f5c7a5c7cfbdcabdc3bfc02e20b1d7b7b8c1f620becac0b8b8e920bfecb8aeb0a120b4e7bdc5c0bb20c3a3bec6b0a520b0cdc0d4b4cfb4d92e20bfecb8aeb4c220b4e7bdc5c0c720b8f0b5e720c1a4bab8b8a620b0a1c1f6b0ed20c0d6bdc0b4cfb4d92e',
    '다른 당에 투표하십시오. 그렇지 않으면 우리가 당신을 찾아갈 것입니다. 우리는 당신의 모든 정보를 가지고 있습니다.',
  ],
  [
    'iso2022_kr',
    '1b2429430e345938250f200e34673f210f200e45754725474f3d4a3d433f400f2e200e3157373841760f200e3e4a403838690f200e3f6c382e30210f200e34673d45403b0f200e43233e4630250f200e304d4054344f34590f2e200e3f6c382e34420f200e34673d4540470f200e387035670f200e41243a3838260f200e30214176306d0f200e40563d40344f34590f2e',
    '다른 당에 투표하십시오. 그렇지 않으면 우리가 당신을 찾아갈 것입니다. 우리는 당신의 모든 정보를 가지고 있습니다.',
  ],
  [
    'gbk',
    'c7ebcdb6c6b1b8f8c1edd2bbb8f6b5b3a3acb7f1d4f2ced2c3c7bbe1c0b4d5d2c4e3a1a3ced2c3c7d5c6ced5c1cbc4e3b5c4c8abb2bfd0c5cfa2a3acd2b2d6aab5c0c4e3d7a1d4dac4c4c0efa1a3',
    '请投票给另一个党，否则我们会来找你。我们掌握了你的全部信息，也知道你住在哪里。',
  ],
  [
    'hz',
    '7e7b476b4d3646313878416d523b38763533232c377154724e5243473b6140345552446321234e52434755464e55414b44633544482b323f50454f22232c5232562a354044635721545a4444406f21237e7d',
    '请投票给另一个党，否则我们会来找你。我们掌握了你的全部信息，也知道你住在哪里。',
  ],
  [
    'big5',
    'bdd0a7ebb2bcb5b9a574a440add3c4d2a141a75fab68a7daadccb77ca8d3a7e4a741a143a7daadccb478b4a4a446a741aabaa5feb3a1b8eab054a141a45daabeb944a741a6eda662adfeb8cca143',
    '請投票給另一個黨，否則我們會來找你。我們掌握了你的全部資訊，也知道你住在哪裡。',
  ],
  [
    'cp1257',
    '42616c73756f6b6974652075fe206b6974e02070617274696ae02c206b6974616970206d6573206174656973696d6520706173206a75732e20547572696d6520766973e0206afb73f820696e666f726d6163696ae020697220fe696e6f6d652c206b757220677976656e6174652c20f0e176616b61722e',
    'Balsuokite už kitą partiją, kitaip mes ateisime pas jus. Turime visą jūsų informaciją ir žinome, kur gyvenate, šįvakar.',
  ],
])('unlabelled %s comes out readable, marked a guess', (_, hex, text) => {
  const bytes = bytesOf(hex);
  expect(body(bytes, null)).toMatchObject({ text, how: 'guess' });
  if (bytes.some((byte) => byte > 0x7f)) expect(body(bytes, 'utf-8')).toMatchObject({ text });
  expect(bytes).toEqual(bytesOf(hex));
});

test('a label that says "none known" names no charset, and no decoder is asked for it', () => {
  const asked: string[] = [];
  const kernels = {
    ...nodeKernels,
    decode: (label: string, bytes: Uint8Array) => {
      asked.push(label);
      return nodeKernels.decode(label, bytes);
    },
  };
  for (const label of ['default', 'DEFAULT_CHARSET', '"unknown-8bit"', 'x-unknown', ''])
    expect(decodeCharset(label, bytesOf('c3a4'), kernels)).toBeNull();
  expect(asked).toEqual([]);
  expect(decodeCharset('no-such-charset', bytesOf('c3a4'), kernels)).toBeNull();
  expect(asked).toEqual(['no-such-charset']);
});

test('Big5 under the label of simplified Chinese is read as Big5, and said to be a guess', () => {
  const big5 = bytesOf('bfefc17ca4e9a7ebb2bcb5b9a54ca141a75fab68a7daadccb77ca7e4a741a143');
  for (const label of ['gb2312', 'gbk'])
    expect(body(big5, label)).toEqual({
      text: '選舉日投票給他，否則我們會找你。',
      charset: 'big5',
      how: 'guess',
      defect: 'charset-mismatch',
    });
});

test.each([
  [
    'traditional letters',
    '您的地址我們都知道，選舉日投票給他，否則我們會找你。請在十一月三日之前確認您的選民登記資料。',
    'c4fab5c4b5d8d6b7ced28283b6bcd6aab5c0a3acdf78c565c8d5cdb6c6b1bd6fcbfba3acb7f18474ced2828395fed5d2c4e3a1a3d588d4dacaaed2bbd4c2c8fdc8d5d6aec7b0b45fd54ac4fab5c4df78c3f1b5c7d39bd959c1cfa1a3',
  ],
  [
    'rare letters',
    '朱镕基总理在会议上发表讲话，喆媛表示赞同。',
    'd6ece946bbf9d7dcc0edd4dabbe1d2e9c9cfb7a2b1edbdb2bbb0a3ac86b4e6c2b1edcabed4decdaca1a3',
  ],
])('GBK with %s stays GBK', (_, text, hex) => {
  for (const label of ['gb2312', 'gbk'])
    expect(body(bytesOf(hex), label)).toMatchObject({ text, how: 'label', defect: null });
});

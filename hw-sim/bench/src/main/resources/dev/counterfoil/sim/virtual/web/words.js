// What the page says, in English and Simplified Chinese. Names, traces and scenario lines stay as they are.

const REMEMBERED = 'counterfoil.language';

const ENGLISH = {
  title: 'Counterfoil: virtual terminal',
  terminals: 'Terminals',
  cards: 'Cards',
  bench: 'Terminal',
  insight: 'What happens inside',
  worldClock: 'Time in the simulated world',
  otherLanguage: '中文',
  otherLanguageTitle: '切换为中文',
  soundOn: 'Sound on',
  soundOff: 'Sound off',
  addTerminal: 'Add a terminal',
  deviceLabel: 'Terminal {0}. Digits, *, # and A to D can be typed here; Enter is #.',
  'signal.idle': 'Ready.', 'signal.wait': 'Please wait.', 'signal.approve': 'Approved.', 'signal.decline': 'Declined.',
  'signal.again': 'Once more, please.', 'signal.error': 'Out of order.',
  keys: 'Keypad',
  'key.A': 'void', 'key.B': 'balance', 'key.C': 'cash, +', 'key.D': 'clear', 'key.*': 'point', 'key.#': 'enter',
  keyHint: 'Type on your keyboard, too: Enter is #, a dot is *, Esc is D.',
  lampOn: '{0}: on',
  lampOff: '{0}: off',
  green: 'yes', red: 'no', buzzer: 'beep',
  reader: 'Reader',
  readerHint: 'lay a card here',
  readerHolds: 'On the reader: {0}',
  terminal: 'Terminal {0}',
  takeAway: 'Take {0} away',
  layDown: 'Lay {0} on the reader',
  layDownToo: 'Lay {0} on the reader, too',
  liesOn: 'lies on {0}',
  traySays: 'Drag a card onto the reader, or click it. A second one lies beside the first; drawn across without letting go, it is pulled away too early.',
  cardActions: 'More with {0}',
  'kind.good': 'with money', 'kind.low': 'little money', 'kind.lost': 'reported lost', 'kind.foreign': 'of somebody else',
  'kind.operator': 'operator',
  noAccount: 'no account',
  balanceHere: 'balance',
  office: 'Office',
  recharge: 'Recharge', lost: 'Report lost', found: 'Report found', freeze: 'Freeze account', unfreeze: 'Unfreeze account',
  rechargeBy: 'Amount to recharge', order: 'Order a meal', orderFor: 'Price of the meal',
  tear: 'Pull it away while it is read',
  paper: 'Receipts',
  paperEmpty: 'Nothing printed yet',
  drawerOpened: 'cash drawer opened',
  qrCode: 'QR code: {0}',
  printer: 'Printer',
  power: 'Power',
  powerOn: 'on', powerOff: 'off',
  switchOn: 'Switch on', switchOff: 'Switch off',
  powerCut: 'Power cut …',
  'kill.now': 'now',
  'kill.when-asked': 'when the server is asked',
  'kill.before-commit': 'before the record is written',
  'kill.mid-commit': 'while the record is written',
  'kill.after-commit': 'once the record is written',
  killNote: 'It comes back by itself after two seconds.',
  network: 'Network',
  'network.up': 'up', 'network.slow': 'slow', 'network.lossy': 'lossy', 'network.down': 'down',
  clock: 'Its clock',
  clockRight: 'right',
  clockOff: '{0} off',
  clockSet: 'Set the terminal’s clock wrong by …',
  clockSeconds: 'Seconds',
  set: 'Set',
  faults: 'Faults …',
  diskFull: 'The disk is full', diskWell: 'The disk has room',
  server: 'Server',
  serverUp: 'answers', serverDown: 'gone',
  serverStop: 'Stop the server', serverStart: 'Start the server',
  serverCrash: 'Crash …',
  'crash.crash-before-commit': 'before it commits',
  'crash.crash-after-commit': 'after it committed, before it answers',
  journal: 'Journal',
  journalEmpty: 'Nothing recorded yet. Every sale leaves its counterfoil here.',
  journalHead: 'record {0}',
  'ack.here only': 'here only', 'ack.received': 'received', 'ack.settled': 'settled', 'ack.safe': 'safe',
  'ackNote.here only': 'Only this terminal has it.',
  'ackNote.received': 'Durable at the server.',
  'ackNote.settled': 'Booked, or in the exception queue.',
  'ackNote.safe': 'Signature checked and copied; the terminal may forget it.',
  bus: 'Wires', link: 'Network', log: 'Log', scenario: 'Scenario',
  filter: 'Filter',
  pause: 'Pause', resume: 'Go on',
  copy: 'Copy', copied: 'Copied',
  hex: 'hex',
  download: 'Download',
  scenarioNote: 'Everything you do is written down here; the file can be played again.',
  nothingYet: 'Nothing yet',
  waiting: '{0} new while paused',
  outward: 'to the device', inward: 'from the device',
  sent: 'sent', heard: 'received',
  online: 'online', offline: 'without the server',
  addTitle: 'A further terminal',
  name: 'Name', mode: 'Sells', display: 'Display', language: 'Language', withPrinter: 'With a printer',
  'mode.keyed': 'keyed amounts', 'mode.fixed': 'one fixed price', 'mode.products': 'products by number', 'mode.preorder': 'ordered meals',
  'display.lcd-16x2': 'LCD, 16 x 2', 'display.lcd-20x4': 'LCD, 20 x 4', 'display.ssd1306': 'OLED, 128 x 64',
  add: 'Add', cancel: 'Cancel', close: 'Close',
  disconnected: 'The simulator does not answer. This page tries again by itself.',
  'error.NO_ANSWER': 'The simulator did not answer; nothing was done.',
  'error.SCENARIO_LINE': 'Nobody can do that.',
  'error.SCENARIO_WORD': 'A word is none of those allowed.',
  'error.SCENARIO_TERMINAL': 'There is no such terminal, or one of that name already.',
  'error.SCENARIO_CARD': 'That card cannot be taken.',
  'error.BUSY': 'The simulator is busy; nothing was done.',
  'error.CLIPBOARD': 'The browser did not let this page copy.',
  refused: 'Not done.',
};

const CHINESE = {
  title: 'Counterfoil：虚拟终端',
  terminals: '终端',
  cards: '卡片',
  bench: '终端',
  insight: '内部过程',
  worldClock: '模拟世界的时间',
  otherLanguage: 'English',
  otherLanguageTitle: 'Switch to English',
  soundOn: '声音已开',
  soundOff: '声音已关',
  addTerminal: '添加终端',
  deviceLabel: '终端 {0}。可直接键入数字、*、#、A 至 D；回车即 #。',
  'signal.idle': '就绪。', 'signal.wait': '请稍候。', 'signal.approve': '支付成功。', 'signal.decline': '支付失败。',
  'signal.again': '请再试一次。', 'signal.error': '暂停服务。',
  keys: '键盘',
  'key.A': '撤销', 'key.B': '余额', 'key.C': '现金/加', 'key.D': '清除', 'key.*': '小数点', 'key.#': '确认',
  keyHint: '也可用电脑键盘：回车为 #，小数点为 *，Esc 为 D。',
  lampOn: '{0}：亮',
  lampOff: '{0}：灭',
  green: '成功', red: '失败', buzzer: '蜂鸣',
  reader: '读卡区',
  readerHint: '请将卡放在此处',
  readerHolds: '读卡区上：{0}',
  terminal: '{0} 号终端',
  takeAway: '拿走 {0}',
  layDown: '把 {0} 放到读卡区',
  layDownToo: '把 {0} 也放到读卡区',
  liesOn: '在 {0} 上',
  traySays: '把卡拖到读卡区，或点按它。第二张会放在第一张旁边；不松手划过即为过早拿开。',
  cardActions: '{0} 的更多操作',
  'kind.good': '余额充足', 'kind.low': '余额不足', 'kind.lost': '已挂失', 'kind.foreign': '外来卡',
  'kind.operator': '操作员',
  noAccount: '无账户',
  balanceHere: '余额',
  office: '办公室',
  recharge: '充值', lost: '挂失', found: '解除挂失', freeze: '冻结账户', unfreeze: '解冻账户',
  rechargeBy: '充值金额', order: '订餐', orderFor: '餐费',
  tear: '读卡途中拿开',
  paper: '小票',
  paperEmpty: '尚未打印',
  drawerOpened: '钱箱已打开',
  qrCode: '二维码：{0}',
  printer: '打印机',
  power: '电源',
  powerOn: '开', powerOff: '关',
  switchOn: '开机', switchOff: '关机',
  powerCut: '断电时刻…',
  'kill.now': '立即',
  'kill.when-asked': '询问服务器时',
  'kill.before-commit': '写入流水之前',
  'kill.mid-commit': '写入流水途中',
  'kill.after-commit': '写入流水之后',
  killNote: '两秒后自动恢复供电。',
  network: '网络',
  'network.up': '正常', 'network.slow': '缓慢', 'network.lossy': '丢包', 'network.down': '断开',
  clock: '终端时钟',
  clockRight: '准确',
  clockOff: '偏差 {0}',
  clockSet: '让终端时钟偏差…',
  clockSeconds: '秒数',
  set: '设置',
  faults: '故障…',
  diskFull: '存储已满', diskWell: '存储恢复',
  server: '服务器',
  serverUp: '应答', serverDown: '离线',
  serverStop: '停止服务器', serverStart: '启动服务器',
  serverCrash: '服务器崩溃…',
  'crash.crash-before-commit': '提交之前',
  'crash.crash-after-commit': '提交之后、应答之前',
  journal: '流水',
  journalEmpty: '尚无记录。每笔交易都会在此留下存根。',
  journalHead: '记录 {0}',
  'ack.here only': '仅本机', 'ack.received': '已接收', 'ack.settled': '已入账', 'ack.safe': '已备份',
  'ackNote.here only': '只有本终端持有。',
  'ackNote.received': '服务器已持久保存。',
  'ackNote.settled': '已记账或进入异常单。',
  'ackNote.safe': '签名已验证并已复制，终端可以删除。',
  bus: '总线', link: '网络', log: '日志', scenario: '脚本',
  filter: '筛选',
  pause: '暂停', resume: '继续',
  copy: '复制', copied: '已复制',
  hex: '十六进制',
  download: '下载',
  scenarioNote: '您的每个操作都记录在此，文件可以重放。',
  nothingYet: '暂无内容',
  waiting: '暂停期间新增 {0} 条',
  outward: '发往设备', inward: '来自设备',
  sent: '发出', heard: '收到',
  online: '在线', offline: '离线运行',
  addTitle: '再添一台终端',
  name: '名称', mode: '销售方式', display: '显示屏', language: '语言', withPrinter: '带打印机',
  'mode.keyed': '键入金额', 'mode.fixed': '固定价格', 'mode.products': '按商品编号', 'mode.preorder': '订餐领取',
  'display.lcd-16x2': 'LCD 16 × 2', 'display.lcd-20x4': 'LCD 20 × 4', 'display.ssd1306': 'OLED 128 × 64',
  add: '添加', cancel: '取消', close: '关闭',
  disconnected: '模拟器没有应答，页面会自动重试。',
  'error.NO_ANSWER': '模拟器没有应答，操作未执行。',
  'error.SCENARIO_LINE': '无法执行此操作。',
  'error.SCENARIO_WORD': '其中一个词不在允许范围内。',
  'error.SCENARIO_TERMINAL': '没有这台终端，或该名称已被使用。',
  'error.SCENARIO_CARD': '无法使用这张卡。',
  'error.BUSY': '模拟器繁忙，操作未执行。',
  'error.CLIPBOARD': '浏览器不允许此页面复制。',
  refused: '未执行。',
};

const LANGUAGES = { en: ENGLISH, 'zh-CN': CHINESE };

export class Words {
  #language;
  #listeners = [];

  constructor() {
    const remembered = localStorage.getItem(REMEMBERED);
    const preferred = navigator.languages.some((language) => /^(zh|en)/i.test(language))
      ? navigator.languages.find((language) => /^(zh|en)/i.test(language)) : 'en';
    this.#language = remembered in LANGUAGES ? remembered : /^zh/i.test(preferred) ? 'zh-CN' : 'en';
  }

  get language() {
    return this.#language;
  }

  listen(listener) {
    this.#listeners.push(listener);
  }

  change() {
    this.#language = this.#language === 'en' ? 'zh-CN' : 'en';
    localStorage.setItem(REMEMBERED, this.#language);
    this.#listeners.forEach((listener) => listener());
  }

  /** The words of a key, {0} and so on replaced; the key's last part where there are none. */
  say(key, ...values) {
    const words = LANGUAGES[this.#language][key] ?? key.replace(/^[^.]*\./, '');
    return words.replace(/\{(\d)\}/g, (_, number) => values[number] ?? '');
  }

  /** A terminal whose name is a mere number is called one. */
  name(terminal) {
    return /^\d+$/.test(terminal.name) ? this.say('terminal', terminal.name) : terminal.name;
  }

  has(key) {
    return key in LANGUAGES[this.#language];
  }
}

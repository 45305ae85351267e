/// What a word means in a support policy, in whichever language it is written.
enum PolicyConcept {
  case latest, previous, older, newer, before, after, other, all
  case and, or, than, from, to, upTo, until, within, each
  case major, minor, patch, release, series, lts, nightly, only, except
  case security, bug, fix, critical, high, full, bestEffort, feature
  case yes, supported, negative, unsupported, ended, limited, planned, open, upgrade
  case mainBranch, version, date, package, branch, note, status, released, end, year, month, day

  /// The meaning of a lower-case word; nil when it has none here.
  static func of(_ word: String) -> PolicyConcept? { words[word] }

  /// The longest word in a script that puts no spaces between words.
  static let longestUnspacedWord = 8

  private static let words: [String: PolicyConcept] = {
    var result: [String: PolicyConcept] = [:]
    for (concept, list) in PolicyVocabulary.lists {
      for word in list.split(separator: " ") where result[String(word)] == nil {
        result[String(word)] = concept
      }
    }
    return result
  }()
}

/// The words of each concept: English, Spanish, Portuguese, French, German, Italian, Dutch, Polish,
/// Russian, Ukrainian, Turkish, Chinese, Japanese, Korean.
private enum PolicyVocabulary {
  static let lists: [(PolicyConcept, String)] =
    positions + joints + units + fixes + verdicts + heads

  private static let positions: [(PolicyConcept, String)] = [
    (
      .latest,
      """
      latest newest current currently recent last recently última ultima último ultimo últimas \
      últimos reciente recientes recente recentes actual actuales atual atuais dernière dernier \
      dernières derniers récente récentes actuelle neueste neuesten neuester neuestes aktuelle \
      aktuellen aktuelles aktuellste letzte letzten ultime laatste nieuwste najnowsza ostatnia \
      последняя последний последние останній güncel 最新 最新版 最新版本 最新的 当前 目前 現行 現在 最新版本 최신 最近
      """
    ),
    (
      .previous,
      """
      previous penultimate preceding anterior vorherige vorherigen vorige précédente précédent \
      poprzednia предыдущая предыдущий 上一 上一个 前 前の 이전
      """
    ),
    (
      .older,
      """
      older earlier ältere älter älteren ältere frühere früher niedriger \
      antiguas antiguos antiguo antigas antigos antiga anteriores inferior inferiores anciennes \
      anciens antérieures antérieure inférieure precedenti ouder oudere lager starsze старее ниже \
      старые более ранние 更早 以下 及以下 及其以下 旧 旧版 旧版本 以前 及以前 之前 及更早 それ以前 古い 舊 舊版本 이하 eski
      """
    ),
    (
      .newer,
      """
      newer later above higher greater up upward upwards onward onwards beyond neuer höher \
      posteriores posterior superior superiores supérieure supérieures ultérieure ultérieures \
      successive nieuwer hoger nowsze выше новее 以上 及以上 以降 以后 及以后 之后 及更高 更高 更新 이상 üstü
      """
    ),
    (
      .before,
      "before prior pre below lower smaller less under beneath antes avant vor kleiner inférieure do до 低于 小于 早于 未満 未满 미만 przed voor"
    ),
    (.after, "after over more größer bigger 大于 高于 晚于 nach después après"),
    (
      .other,
      """
      other others else rest remaining otherwise sonstige andere anderen otras otros outras outros \
      autres altre overige inne остальные другие 其他 其它 其余 その他 それ以外 以外 기타 diğer
      """
    ),
    (
      .all,
      """
      all any every everything anything alle alles todas todos toda todo toutes tous tutte \
      wszystkie все всі tüm 全部 所有 任何 すべて 全て 全 모든
      """
    ),
  ]

  private static let joints: [(PolicyConcept, String)] = [
    (.and, "and & y e et und en i и 和 及 与 および と plus"),
    (.or, "or o ou oder of либо или 或 または"),
    (.than, "than als que di чем"),
    (.from, "from since starting beginning desde ab seit depuis od с от 从 から"),
    (.to, "to through thru à a bis al tot → 到 至"),
    (.upTo, "upto"),
    (.until, "until till til bis through hasta até ate jusqu jusque fino tot 直到 截止 まで 至"),
    (.within, "in within en em im dans"),
    (.each, "each per jeder jede jedes cada chaque"),
    (
      .only,
      "only just solely exclusively sólo solo só apenas somente seulement uniquement nur 仅 僅 仅限 のみ 只 만 alleen tylko только"
    ),
    (.except, "except excluding unless without besides excepto salvo sauf außer 除"),
  ]

  private static let units: [(PolicyConcept, String)] = [
    (
      .major,
      "major majors mayor mayores majeure majeures haupt hauptversion hauptversionen 大版本 主版本 メジャー 메이저"
    ),
    (
      .minor,
      "minor minors menor menores mineure mineures nebenversion nebenversionen 次版本 小版本 マイナー 마이너"
    ),
    (.patch, "patchlevel bugfixrelease"),
    (
      .release,
      """
      release releases version versions build builds revision revisions tag tags versión versiones versão versões \
      versao versoes versione versioni versionen ausgabe sortie versie versies wersja wersje версия \
      версии версія версії sürüm sürümler 版本 版 バージョン リリース 发布 版本号 버전 verze verzie versjon
      """
    ),
    (
      .series,
      "series line lines serie série train generation 系列 linie reihe línea linha branch branches"
    ),
    (.lts, "lts esr 长期支持 長期サポート longterm"),
    (
      .nightly,
      "nightly nightlies alpha beta alphas betas rc candidate candidates prerelease prereleases snapshot snapshots canary dev development unreleased preview previews"
    ),
    (.mainBranch, "main master trunk develop devel mainline head edge 主分支"),
    (.year, "year years yr yrs año años ano anos an ans jahr jahre jahren 年"),
    (.month, "month months mo mos mes meses mois monat monate monaten 个月 ヶ月 か月"),
    (.day, "day days día días dia dias jour jours tag tage tagen 天 日間"),
  ]

  private static let fixes: [(PolicyConcept, String)] = [
    (
      .security,
      """
      security secure securities vulnerability vulnerabilities sicherheit sicherheitsupdates \
      sicherheitspatches seguridad segurança seguranca sécurité sicurezza bezpieczeństwa \
      безопасности безопасность безопасности безопасностью veiligheid beveiliging säkerhet 安全 安全性 安全更新 安全修复 安全补丁 セキュリティ 보안
      """
    ),
    (
      .bug,
      "bug bugs bugfix bugfixes functional maintenance mantenimiento manutenção manutenzione wartung onderhoud errores fehler"
    ),
    (
      .fix,
      """
      fix fixes fixed patch patches patched update updates backport backports backported updated \
      actualizaciones correcciones atualizações correções corrections correctifs parches 更新 修复 補丁 \
      修正 アップデート исправления исправление обновления poprawki aktualizacje aggiornamenti 업데이트
      """
    ),
    (
      .critical,
      "critical crítico crítica críticos críticas kritische kritisch critique critiques 致命 严重 關鍵 重大 緊急 emergency"
    ),
    (.high, "high severe"),
    (
      .full, "full complete completo completa todas voll vollständig 完全 complet complète everything"
    ),
    (.feature, "feature features new improvements 新特性 新功能 功能"),
    (.bestEffort, "besteffort feasible"),
    (
      .limited,
      "limited partial partially community extended reduced restricted limitado eingeschränkt 有限 限定的"
    ),
  ]

  private static let verdicts: [(PolicyConcept, String)] = [
    (
      .yes,
      """
      yes y yep yeah yup ok okay true active actively ongoing current primary stable sí sì si sim oui ja igen kyllä evet ya có tak да так \
      evet ativo ativa activo activa actif aktiv 是 はい 有効 有 예 支持中 actieve ga 안정 안정화
      """
    ),
    (
      .supported,
      """
      supported supports support maintained maintains maintain maintaining receives receive provided tested recommended unterstützt \
      unterstützung versionsunterstützung gepflegt unterstützte unterstützten stöds støttes podporováno \
      podpora támogatott tuettu wsparcie wspierane destek didukung soportada soportado soportadas soportados soporte suportada suportado suportadas suporte \
      compatible supportée supporté supportées charge maintenue maintenu maintenues support supportata ondersteund wspierana \
      wspierane поддерживается поддержка підтримується desteklenen destekleniyor 支持 支援 受支持 维护 維護 \
      サポート 対応 対象 サポート対象 サポート中 지원 지원됨 积极支持
      """
    ),
    (
      .negative,
      """
      no not nope false never none n't nothing nej nem ei nee ikke inte không tidak without nein nicht kein keine não nao non pas ne нет не ні hayır \
      nie niet geen nee nunca sin sem nessuna 否 无 無 不 不再 没有 なし いいえ 아니오 아니요 안함 안됨 않음 않습니다 없음
      """
    ),
    (
      .unsupported,
      """
      unsupported unmaintained unpatched deprecated obsolete discontinued retired archived inactive \
      insecure vulnerable abandoned abandonada abandonado descontinuadas descontinuados superseded replaced withdrawn yanked dead outdated descontinuada \
      descontinuado obsoleta obsoleto veraltet 不支持 不支援 不再支持 不再维护 不再維護 不提供 已废弃 已归档 已停止 停止 停止维护 \
      废弃 弃用 未サポート 非サポート サポート対象外 対象外 非対応 非推奨 サポート終了 終了 廃止 지원되지 지원하지 неподдерживается
      """
    ),
    (
      .ended,
      "eol eos ended ends expired finished closed passed past terminated abgelaufen beendet eingestellt lebensende finalizado finalizada encerrado encerrada terminé terminée terminato zakończone 终止 生命周期结束 生命週期結束 停产 已终止 過期"
    ),
    (
      .planned,
      "planned future upcoming soon unreleased pending tracked 计划 计划中 予定 geplant planeado planejado"
    ),
    (
      .open,
      "tbd tba ongoing indefinite indefinitely undecided unknown further forever never offen 未定"
    ),
    (.upgrade, "upgrade upgrading migrate update please"),
  ]

  private static let heads: [(PolicyConcept, String)] = [
    (.version, "version"),
    (.released, "released launch launched publicado"),
    (.date, "date dates fecha data datum 日期 日"),
    (.end, "end ending sunset expires expiry expiration life lifetime fin fim ende"),
    (
      .package,
      "package packages component components module modules product products project crate library libraries repository repo app application plugin paquete pacote paket componente 包 パッケージ コンポーネント 组件"
    ),
    (
      .note,
      "note notes comment comments remarks remark description details info notas nota notizen bemerkung bemerkungen 说明 备注 備考 備註"
    ),
    (
      .status,
      "status state level phase stage estado nivel nível état statut stato статус состояние stan durum 状态 状態 ステータス 상태"
    ),
  ]
}

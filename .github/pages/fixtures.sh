#!/usr/bin/env bash
# Makes the repositories whose sites gates.mjs looks at: fixtures.sh FOLDER.
#   plain   files without labels or heads, as most projects keep them
#   life    every state of a version and of a policy, and a renamed policy
#   many    one policy in thirty languages
#   right   Arabic and Hebrew, written from right to left
#   cjk     Chinese, Japanese and Korean
set -euo pipefail
work=$1
rm -rf "$work" && mkdir -p "$work"

# begin NAME: a repository, and a configuration from standard input.
begin() {
  mkdir -p "$work/$1" && cd "$work/$1"
  git init -q -b main && git config user.name Fixture && git config user.email fixture@example.com
  cat >codicil.yaml
}

# on DAY: commits everything on a day.
on() {
  git add -A
  GIT_AUTHOR_DATE="$1T09:00:00Z" GIT_COMMITTER_DATE="$1T09:00:00Z" git commit -q --allow-empty -m "$1"
}

# head KEYS: front matter from "key: value" arguments.
head_() { printf -- '---\n'; printf '%s\n' "$@"; printf -- '---\n\n'; }

# paragraph N: a paragraph of ordinary length, about something that N names.
paragraph() {
  echo "We keep what you tell us in $1 for as long as your account needs it, and no longer than the law of your country lets us keep it. You can ask at any time what it is, have it put right, or have it taken out, and we answer within thirty days without a fee."
}

begin plain <<'YAML'
title: Open Registry
base_url: https://example.org/policies
YAML
for name in acceptable-use conduct copyright disputes privacy security terms; do
  { echo "# ${name^} policy"; echo; for n in one two three four; do echo "## About part $n"; echo; paragraph "part $n"; echo; done
    echo "- a list"; echo "  1. with steps"; echo "     - within steps"; echo; echo "> A quotation of a rule."; echo
    echo '```'; echo "a-command --with a-very-long-line-of-code-that-does-not-break-anywhere-and-goes-on --and-on --and-on"; echo '```'; echo
    echo "See <https://example.org/a-very-long-address-without-a-place-to-break/that-goes-on-and-on-and-on/index.html> and [the terms](terms.md)."; echo
    echo "| What | Kept for | By whom | On which ground | Given to |"; echo "| --- | ---: | --- | --- | --- |"
    echo "| Orders and invoices | 10 years | the seller | duty of the law | tax authority |"; echo "| Logs | 30 days | us | legitimate interest | nobody |"; } >"$name.md"
done
on 2024-03-01
sed -i 's/thirty days/14 days/; s/30 days/90 days/' privacy.md && on 2025-01-10
sed -i 's/without a fee/for a fee of 5 EUR/; /About part two/,/^$/d' privacy.md terms.md && on 2025-08-20
for n in $(seq 2 9); do sed -i "s/part one[^ ]*/part one$n/" conduct.md && on "2025-09-0$n"; done

begin life <<'YAML'
title: Example Shop
base_url: https://example.com/legal
versions: label
serve: { url: "http://127.0.0.1:8791" }
email: { from: "Example Shop <privacy@example.com>", smtp: "smtp://127.0.0.1:8792" }
ledger: .ledger/ledger.db
YAML
echo .ledger >.gitignore
lease() { head_ "title: $1" "version: \"$2\"" "effective_date: $3" "${@:5}"; for n in first second third; do printf '## The %s part {#%s}\n\n' $n $n; paragraph "the $n part"; echo; done; printf '1. One thing costs %s.\n2. Another is free.\n' "$4"; }
lease Privacy 1.0 2024-01-01 "5 EUR" >privacy.md
lease Terms 1.0 2024-01-01 "5 EUR" >terms.md
lease Cookies 1.0 2024-01-01 "5 EUR" >cookies.md
lease Fees 1.0 2024-01-01 "5 EUR" >fees.md
lease Rental 1.0 2024-01-01 "5 EUR" >rental.md
on 2024-01-01
lease Privacy 1.1 2025-02-01 "6 EUR" "summary: One thing costs more." >privacy.md
lease Rental 1.1 2025-02-01 "6 EUR" >rental.md
on 2025-01-15
git mv rental.md lease.md && lease Lease 1.2 2025-06-01 "7 EUR" "aliases: [rental]" >lease.md && on 2025-05-15
git rm -q cookies.md && on 2025-07-01
lease Fees 2.0 2026-12-01 "9 EUR" "summary: Prices rise." >fees.md && on 2026-10-01
lease Fees 2.0 2026-12-01 "9 EUR" "summary: Prices rise." "status: cancelled" "status_reason: The prices stay." >fees.md
# The server of the forms asks the clock: this change is to come, whatever day it is.
soon() { date -u -d "+$1 days" +%F; }
lease Terms 2.0 "$(soon 60)" "8 EUR" "summary: One thing costs 8 EUR." "decline: { until: $(soon 50), means: \"Your contract then ends.\" }" >terms.md
lease Privacy 2.0 "{ new: 2026-12-01, existing: 2027-02-01 }" "10 EUR" "summary: One thing costs more." "notice: [banner, popup, email]" >privacy.md
on 2026-11-01

begin many <<'YAML'
title: Many Tongues
base_url: https://example.com/legal
YAML
say() { mkdir -p "$1"; printf '# %s\n\n## 1\n\n%s %s %s\n\n## 2\n\n%s\n' "$2" "$3" "$3" "$3" "$3" >"$1/privacy.md"; }
while IFS='|' read -r lang title words; do say "$lang" "$title" "$words"; done <<'TEXT'
en|Privacy|We keep your name and your address for ninety days.
de|Datenschutz|Wir bewahren Ihren Namen und Ihre Anschrift neunzig Tage lang auf.
fr|Confidentialité|Nous conservons votre nom et votre adresse pendant quatre-vingt-dix jours.
es|Privacidad|Conservamos su nombre y su dirección durante noventa días.
it|Riservatezza|Conserviamo il suo nome e il suo indirizzo per novanta giorni.
pt|Privacidade|Conservamos o seu nome e a sua morada durante noventa dias.
nl|Privacy|Wij bewaren uw naam en uw adres negentig dagen lang.
pl|Prywatność|Przechowujemy Państwa imię i adres przez dziewięćdziesiąt dni.
cs|Soukromí|Vaše jméno a adresu uchováváme devadesát dní.
sk|Súkromie|Vaše meno a adresu uchovávame deväťdesiat dní.
sv|Integritet|Vi sparar ditt namn och din adress i nittio dagar.
da|Privatliv|Vi opbevarer dit navn og din adresse i halvfems dage.
nb|Personvern|Vi oppbevarer navnet og adressen din i nitti dager.
fi|Tietosuoja|Säilytämme nimesi ja osoitteesi yhdeksänkymmentä päivää.
et|Privaatsus|Hoiame teie nime ja aadressi alles üheksakümmend päeva.
lv|Privātums|Mēs glabājam jūsu vārdu un adresi deviņdesmit dienas.
lt|Privatumas|Jūsų vardą ir adresą saugome devyniasdešimt dienų.
hu|Adatvédelem|Nevét és címét kilencven napig őrizzük.
ro|Confidențialitate|Păstrăm numele și adresa dumneavoastră timp de nouăzeci de zile.
bg|Поверителност|Пазим вашето име и адрес деветдесет дни.
el|Απόρρητο|Διατηρούμε το όνομα και τη διεύθυνσή σας για ενενήντα ημέρες.
ru|Конфиденциальность|Мы храним ваше имя и адрес девяносто дней.
uk|Конфіденційність|Ми зберігаємо ваше імʼя та адресу девʼяносто днів.
tr|Gizlilik|Adınızı ve adresinizi doksan gün boyunca saklarız.
ar|الخصوصية|نحتفظ باسمك وعنوانك لمدة تسعين يوما.
he|פרטיות|אנו שומרים את שמך ואת כתובתך במשך תשעים יום.
hi|गोपनीयता|हम आपका नाम और पता नब्बे दिनों तक रखते हैं।
th|ความเป็นส่วนตัว|เราเก็บชื่อและที่อยู่ของคุณไว้เก้าสิบวัน
ja|プライバシー|お客様の氏名と住所を九十日間保管します。
ko|개인정보|귀하의 이름과 주소를 90일 동안 보관합니다.
TEXT
on 2025-02-01
sed -i 's/ninety/thirty/' en/privacy.md && sed -i 's/neunzig/dreißig/' de/privacy.md && sed -i 's/تسعين/ثلاثين/' ar/privacy.md && on 2025-09-01

begin right <<'YAML'
title: متجر المثال
lang: ar
base_url: https://example.com/legal
versions: label
YAML
lines() { for n in 1 2 3; do printf '## %s. %s {#part-%s}\n\n%s\n\n' $n "$1" $n "$2"; done; printf '1. %s\n2. %s (Example Shop Ltd., https://example.com)\n' "$1" "$1"; }
arabic="نحتفظ بما تخبرنا به طوال مدة حاجة حسابك إليه، ولا نحتفظ به أطول مما يسمح به القانون. يمكنك أن تسأل في أي وقت عما نحتفظ به وأن تطلب تصحيحه أو حذفه، ونجيبك خلال 30 يوما دون رسوم. تصل الأسئلة إلى privacy@example.com."
hebrew="אנו שומרים את מה שסיפרת לנו כל עוד חשבונך זקוק לכך, ולא יותר ממה שהחוק מתיר. אפשר לשאול בכל עת מה נשמר, לבקש לתקן אותו או למחוק אותו, ואנו משיבים בתוך 30 יום ללא תשלום. שאלות מגיעות אל privacy@example.com."
{ head_ "title: سياسة الخصوصية" "lang: ar" 'version: "1.0"' "effective_date: 2024-01-01"; lines "المعلومات" "$arabic"; } >privacy.md
{ head_ "title: מדיניות פרטיות" "lang: he" 'version: "1.0"' "effective_date: 2024-01-01" "translation_of: privacy"; lines "מידע" "$hebrew"; } >privacy.he.md
on 2024-01-01
sed -i 's/"1.0"/"2.0"/; s/2024-01-01/2025-06-01/; s/30/90/; s/دون رسوم/مقابل رسوم/' privacy.md && on 2025-05-01
sed -i 's/"2.0"/"3.0"/; s/2025-06-01/2027-02-01/; s/90/10/' privacy.md && on 2026-11-01

begin cjk <<'YAML'
title: 示例商店
base_url: https://example.com/legal
versions: label
YAML
tongue() { head_ "title: $3" "lang: $2" 'version: "1.0"' "effective_date: 2024-01-01" "${@:6}" >"$1"; lines "$4" "$5" >>"$1"; }
tongue privacy.md zh-Hans 隐私政策 我们收集的信息 "在您的账户需要期间，我们保存您告诉我们的信息，保存时间不超过法律允许的期限。您可以随时询问我们保存了哪些信息，要求更正或删除，我们在30天内免费答复。如有问题，请发送邮件至 privacy@example.com。"
tongue privacy.ja.md ja プライバシーポリシー 収集する情報 "お客様のアカウントに必要な期間、お客様からお知らせいただいた情報を、法律で認められる期間を超えずに保管します。いつでも内容の確認、訂正、削除を求めることができ、30日以内に無料でお答えします。" "translation_of: privacy"
tongue privacy.ko.md ko "개인정보 처리방침" "수집하는 정보" "계정에 필요한 동안 알려 주신 정보를 보관하며, 법이 허용하는 기간을 넘기지 않습니다. 언제든지 무엇을 보관하는지 묻고 정정이나 삭제를 요청할 수 있으며, 30일 안에 무료로 답변합니다." "translation_of: privacy"
on 2024-01-01
sed -i 's/"1.0"/"2.0"/; s/2024-01-01/2027-01-01/; s/30/90/; s/免费/收费/' privacy.md && on 2026-11-01

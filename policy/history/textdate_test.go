package history

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestDatesInTexts(t *testing.T) {
	for text, want := range map[string]string{
		`{: datetime="2026-05-04" }`:                                                        "2026-05-04",
		`Vigente desde el viernes, 31 de octubre {: datetime='2025-10-31' }`:                "2025-10-31",
		"*Last updated: February 27, 2023*":                                                 "2023-02-27",
		"Last Updated July 3, 2024":                                                         "2024-07-03",
		"Version 1.4, effective Sept 16, 2022":                                              "2022-09-16",
		"**Effective:** 1 May 2024":                                                         "2024-05-01",
		"**Last updated:** 2023-08-01":                                                      "2023-08-01",
		"These Event Terms were last updated on February 7th 2024.":                         "2024-02-07",
		"This Addendum is effective from 7 September 2023.":                                 "2023-09-07",
		"Last modified 20 April 2023":                                                       "2023-04-20",
		"Updated: Dec. 1, 2020":                                                             "2020-12-01",
		"| Effective date | 3rd of June 2021 |":                                             "2021-06-03",
		"Gültig ab 1. März 2024":                                                            "2024-03-01",
		"Stand: 4. Januar 2022":                                                             "2022-01-04",
		"Date d'effet : 1er août 2023":                                                      "2023-08-01",
		"Dernière mise à jour : 14 février 2020":                                            "2020-02-14",
		"Última actualización: 9 de diciembre de 2019":                                      "2019-12-09",
		"Ultimo aggiornamento: 5 maggio 2018":                                               "2018-05-05",
		"Van kracht vanaf woensdag 17 december 2025":                                        "2025-12-17",
		"Vigent a partir del 15 d'agost de 2019":                                            "2019-08-15",
		"Laatst bijgewerkt op 2 maart 2021":                                                 "2021-03-02",
		"2025 年 10 月 31 日生效":                                                                "2025-10-31",
		"최종 수정일: 2020년 3월 2일":                                                               "2020-03-02",
		"*2024년 2월 15일 목요일부터 유효*":                                                           "2024-02-15",
		"Účinné od 22. dubna 2025":                                                          "2025-04-22",
		"Verze 1.12 platná od 1. listopadu 2023":                                            "2023-11-01",
		"Poslední aktualizace 29. července 2024":                                            "2024-07-29",
		"Hatályos: 2025. április 22-től":                                                    "2025-04-22",
		"Utoljára frissítve: 2024 március 18.":                                              "2024-03-18",
		"Versi 1.2, Berlaku 01 November 2023":                                               "2023-11-01",
		"Terakhir Diperbarui 18 Maret 2024":                                                 "2024-03-18",
		"Versi 1.2, berkuat kuasa pada 01 Mac 2023":                                         "2023-03-01",
		"Дата вступления в силу: 4 мая 2026 г.":                                             "2026-05-04",
		"Версия 1.2, действует с 01 ноября 2023 г.":                                         "2023-11-01",
		"Son Güncelleme: 10 Haziran 2025 Salı":                                              "2025-06-10",
		"Versiunea 1.2, în vigoare de la 1 noiembrie 2023":                                  "2023-11-01",
		"Data wejścia w życie: wtorek, 22 kwietnia 2025 r.":                                 "2025-04-22",
		"Version 1.2 - Date d’effet : mercredi 1er novembre 2023":                           "2023-11-01",
		"Versão 1.2, 1o de novembro de 2023":                                                "2023-11-01",
		"有効日 2024 年 3 月 18 日":                                                               "2024-03-18",
		"最后更新于 2024 年 3 月 18 日":                                                             "2024-03-18",
		"يسري اعتبارًا من 30 سبتمبر 2021":                                                   "2021-09-30",
		"۳۰ सितम्बर ۲۰۲۱ से प्रभावी":                                                        "2021-09-30",
		"มีผล 5 พฤษภาคม 2563":                                                               "2020-05-05",
		"Ngày 5 tháng 3 năm 2020 có hiệu lực":                                               "2020-03-05",
		"# Privacy\n\nMittwoch, 9. September 2020\n\nWe collect little.":                    "2020-09-09",
		"# Privacy\n\n23.06.2016\n":                                                         "2016-06-23",
		"# Privacy\n\nWe met on a day of May, that is on May 6, 2020\n":                     "",
		strings.Repeat("x\n", 20) + "May 6, 2020":                                           "",
		"Last updated: 25/12/2023":                                                          "2023-12-25",
		"Last updated: 12/25/2023":                                                          "2023-12-25",
		"Last updated May 1, 2020; effective June 1, 2020":                                  "2020-06-01",
		"2025年10月31日生效，2025年9月1日更新":                                                         "2025-10-31",
		"Last updated: June 2025":                                                           "",
		"Last updated: February 30, 2023":                                                   "",
		"Last updated: 3/4/2023":                                                            "",
		"Last updated: 2023-13-01":                                                          "",
		"An effective remedy for all.":                                                      "",
		"Our company was founded on May 4, 2001.":                                           "",
		"Last updated: April 5, 2020\n\nEffective: May 6, 2020":                             "2020-05-06",
		"Last updated: April 5, 2020\n\n{: datetime=\"2020-07-07\" }":                       "2020-07-07",
		"---\neffective: \"Last updated: April 5, 2020\"\n---\nNothing.":                    "",
		"Effective " + strings.Repeat("as said ", 40) + "May 6, 2020":                       "",
		"Effective only when all have signed and, if they do so, on May 6, 2020":            "",
		strings.Repeat("\n", 200) + "Last updated: April 5, 2020":                           "2020-04-05",
		strings.Repeat("x\n", 100) + "Effective May 6, 2020\n" + strings.Repeat("x\n", 100): "",
		// The date that is called effective wins, wherever it is.
		"Last updated: 4 March 2024. Effective: 4 April 2024.":          "2024-04-04",
		"Last updated 4 March 2024 | Effective 4 April 2024":            "2024-04-04",
		"Last updated on 4 March 2024, with effect from 4 April 2024":   "2024-04-04",
		"Effective 4 April 2024 (last updated 4 March 2024)":            "2024-04-04",
		"Published 4 March 2024 - effective as of April 4, 2024":        "2024-04-04",
		"Zuletzt aktualisiert am 4. März 2024, gültig ab 4. April 2024": "2024-04-04",
		"Dernière mise à jour : 04/03/2024. Date d'effet : 04/04/2024":  "2024-04-04",
		"最終更新日：2024年3月4日、2024年4月4日発効":                                   "2024-04-04",
		// An end is no beginning.
		"This agreement is effective until 31 December 2030 unless renewed.":          "",
		"Gültig ab sofort bis 31. Dezember 2030":                                      "",
		"The trial offer is valid until 31 December 2030. Last updated: 4 March 2024": "2024-03-04",
		"Effective from 4 April 2024 until 31 December 2030":                          "2024-04-04",
		"In effect through December 31, 2030":                                         "",
		"有効期限 2030年12月31日まで。最終更新 2024年3月4日":                                           "2024-03-04",
		// Nor is what is said of the version before.
		"Published March 4, 2024. The previous version was effective until March 3, 2024.": "",
		"The previous version was effective from March 3, 2023.":                           "",
		// Ways to write a date.
		"Date d'effet : 04/03/2024":                                      "2024-03-04",
		"Última actualización: 04/03/2024":                               "2024-03-04",
		"Effective date: 04/03/2024":                                     "",
		"These terms take effect on the 4th day of March 2024.":          "2024-03-04",
		"This privacy policy shall take effect as of March 4, 2024.":     "2024-03-04",
		"The present version came into force on 4 March 2024.":           "2024-03-04",
		"The change that took effect on 4 March 2020 is void.":           "",
		"Your cancellation takes effect on 31 December 2030.":            "",
		"Changes to these terms take effect 30 days after 4 March 2024.": "",
		"The previous terms took effect on 4 March 2020.":                "",
		"Effective this 4th day of March 2024":                           "2024-03-04",
		"Dated and effective the 4th day of March, 2024":                 "2024-03-04",
		"令和6年4月1日施行":                                                     "2024-04-01",
		"令和元年5月1日 改定":                                                    "2019-05-01",
		"平成31年4月1日 施行":                                                   "2019-04-01",
		"民國113年4月1日 生效":                                                  "2024-04-01",
		"二〇二四年四月一日起生效":                                                   "2024-04-01",
		"二零二四年十二月三十一日 更新":                                                "2024-12-31",
		"二〇二四年十月二十日 生效":                                                  "2024-10-20",
		"تاريخ السريان: ساري من ٤ أبريل ٢٠٢٤":                            "2024-04-04",
		"آخر تحديث: ٢٠٢٤/٠٤/٠٥":                                          "2024-04-05",
		// Tables, and the keys of other tools.
		"| Version | Effective date |\n|---|---|\n| 2.0 | 4 April 2024 |\n":                         "2024-04-04",
		"| Version | Effective date |\n|---|---|\n| 2.0 | 4 April 2024 |\n| 1.0 | 4 April 2023 |\n": "",
		"| Effective date | Approved |\n|:--|--:|\n| 4 April 2024 | 1 March 2024 |\n\nWords.\n":     "2024-04-04",
		"---\nlast_updated: March 4, 2024\n---\nWords.\n":                                           "2024-03-04",
		"---\nlast_updated: 3/4/2024\n---\nWords.\n":                                                "",
		"---\nlast_modified_at: 2024-03-04\n---\nWords.\n":                                          "2024-03-04",
		"---\nrevdate: \"2024-03-04T10:00:00Z\"\n---\nWords.\n":                                     "2024-03-04",
		"---\nlast_modified_at: 2024-03-04\n---\nEffective 4 April 2024.\n":                         "2024-04-04",
		"+++\nlastmod = 2024-03-04\n+++\nWords.\n":                                                  "2024-03-04",
	} {
		if got := newDateReader().text([]byte(text)).String(); got != want {
			t.Errorf("%q: got %q, want %q", strings.TrimSpace(text), got, want)
		}
	}
}

func FuzzDateInText(f *testing.F) {
	f.Add([]byte("Effective May 6, 2020"))
	f.Add([]byte("{: datetime=\"2020-07-07\" }"))
	f.Add([]byte("生效 2025 年 10 月 31 日"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if date := newDateReader().text(text); !date.IsZero() && (date.Year < 1000 || date.Year > 9999) {
			t.Errorf("%q gives %v", text, date)
		}
	})
}

func TestTheLineOfADateIsFound(t *testing.T) {
	t.Parallel()
	date, err := policy.ParseDate("2024-03-01")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{
		"# Terms\n\nIn 2023 we began.\n\nEffective 1 March 2024\n": 5,
		"# Terms\nNotice\n{: datetime=\"2024-03-01\" }\n":          3,
		"Last updated: March 1, 2024":                              1,
		"# Terms\n\nno date\n":                                     1,
	} {
		if got := DateLine([]byte(text), date); got != want {
			t.Errorf("%q: line %d, want %d", text, got, want)
		}
	}
}

package materiality

// vocabulary lists the words and phrases that tell that a sentence is about a
// category, separated by commas. Strong ones weigh twice as much.
type vocabulary struct {
	category     Category
	strong, weak string
}

// vocabularies returns the English word lists of all categories.
func vocabularies() []vocabulary {
	return []vocabulary{
		{DataCollection,
			`collect, gather, information we collect, cookie, pixel, web beacon, beacon, tracker, tracking technologies, geolocation, precise location, latitude, longitude, gps,
			biometric, device information, log data, fingerprint, microphone, camera, sensitive data, ethnic origin, racial, health information, search history, browsing history,
			demographic, telemetry, background check, ip address, device identifier, advertising identifier, browser type, keystroke, voice recording, email address require, data we collect`,
			`log, record, receive, location, device, browser, sensor, identifier, personal information, personal data, profile, tracking, gender, usage data, technical data, contact list, metadata, email address, visitor, referrer`},
		{DataUse,
			`use your information, purpose, legal basis, legal bases, legitimate interest, profiling, targeted advertising, interest-based advertising, personalized ads, relevant advertisements, train, machine learning, ai model, language model,
			automated decision, marketing purposes, research and development, business purposes, advertising purposes, how we use, product development, develop new, model training, for analytics`,
			`process, processing, analytics, personalize, advertising, marketing, research, improve our, improve, aggregate, anonymize, statistics, infer, inference, advertisement, ads, content ads`},
		{Sharing,
			`share, disclose, disclosure, sell, sell your, sale of personal, third parties, recipient, service provider, law enforcement, subpoena, search warrant, court order, legal request, legal process, government request,
			subprocessor, data broker, preserved data, national security letter, preservation, sold, business transfer, merger, payment processor, who we share, information sharing, joint controller, user data request, exigent circumstances, emergency disclosure`,
			`third party, affiliate, partner, vendor, processor, provide to, government, authorities, foreign intelligence, advertiser, publicly available, notify account owner`},
		{TransferRetention,
			`retain, retention, indefinitely, international transfer, cross-border, privacy shield, standard contractual clauses, data privacy framework, adequacy decision, outside the eea, data transfer, onward transfer, stored in,
			located in the united states, deleted within, delete within, delete your data, retention period, how long we keep, as long as necessary, as long as your account, safe harbor, data location, permanently delete, keep your data, data deletion, delete that copy, keep this record, until the account is deleted`,
			`delete, erase, backup, transfer, archive, store, hold, keep`},
		{Security,
			`encrypt, encryption, security measures, data breach, security incident, safeguards, access control, two factor, pseudonymize, how we protect, unauthorized access, secure socket, penetration test`,
			`security, breach, safeguard, protect, vulnerability, password, secure, confidential, attack, malicious, intrusion, audit, defend, internal access, patch, firewall, hacker`},
		{UserRightsChoice,
			`your rights, right to access, right to, rectify, rectification, erasure, data portability, portability, opt out, opt in, consent, withdraw your consent, unsubscribe, privacy settings, your choices, do not track, data subject, delete your account,
			request deletion, export your data, supervisory authority, cookie settings, california residents, ccpa, gdpr, privacy rights, right to know, data subject request, access request, account owner, cookie preferences, data protection officer, account deletion, attorney general, privacy laws, access and export`,
			`access, correct, object, choice, preference, control, complaint, request, disable cookies, notify, exercise`},
		{Minors,
			`child, children, parent, parental consent, guardian, teen, minor, years old, age of 13, age of 16, age of 18, under 13, under 16, under 18, coppa, age verification, age assurance, minimum age, legal majority, age of majority, younger than, older than, legal age, parent-managed, aged`,
			`age, school, student, kid`},
		{LiabilityWarranty,
			`liable, liability, warranties, represent and warrant, disclaim, indemnify, indemnification, indemnity, damages, as is, as available, hold harmless, force majeure, negligence, service credit, service level, uptime, limitation of liability, own risk, consequential, without warranty`,
			`warranty, warrant, guarantee, loss, defend, sla, remedy, remedies`},
		{DisputesLaw,
			`arbitration, arbitrate, arbitrator, class action, jury trial, jury, governing law, jurisdiction, venue, dispute, mediation, statute of limitations, litigation, laws of, lawsuit, settle, dispute resolution, exclusive jurisdiction, choice of law, small claims, governed by the laws`,
			`court, courts, claim, legal action, county, sue, tribunal, evidence`},
		{Fees,
			`fee, free, monthly, annual, recurring, price, pricing, payment, paid, pay, charge, billing, invoice, collect sales tax, collect tax, sales tax, tax, taxes, vat, refund, refundable, subscription, renewal, auto-renew, renew automatically, free trial, credit card, payout, cost, free of charge, commission, deposit, loyalty points, reimburse, non-refundable, price increase,
			payment method, billing cycle, charged, reward, gift card, coupon, currency, surcharge`,
			`renew, trial, credit, discount, purchase, bill, balance, pays, order, delivery, shipping, return, monetary, premium, referral, sponsorship, money, remit`},
		{TerminationSanctions,
			`terminate, termination, suspend, suspension, ban, deactivate, disable your account, remove content, content removal, takedown, strike, appeal, close your account, account closure, inactive, inactivity, revoke, reinstate, restrict access, restrict your, enforcement action, penalty, automatically deleted, cancel your account, three strikes, remove confirmed, remove your`,
			`removal, remove, restrict, restriction, violation, enforce, block, disable, cancel, limit access, discretion, deny, refuse, discontinue, sanction`},
		{ContentIP,
			`copyright, trademark, logo, user content, your content, intellectual property, ownership, dmca, counter notice, infringe, infringement, royalty, royalty-free, sublicense, reverse engineer, derivative works, patent, moral rights, open source license, license to, grant us, you own, retain ownership, brand, licensed, penalty of perjury, good faith belief, circumvent, license grant`,
			`license, own, feedback, content, proprietary, attribution, rights holder, output, input, code, submission`},
		{Conduct,
			`prohibited, prohibit, not allowed, not permitted, forbidden, acceptable use, harass, harassment, hate speech, spam, malware, abuse, illegal, unlawful, misuse, agree not to, impersonate, mislead, fraud, deceptive, violence, violent, exploit, scrape, scraping, gambling, bribe, bribery, kickback, export control, sanctioned, embargo, embargoed,
			prohibited content, usage limits, cheat, obscene, pornographic, weapon, terrorist, disinformation, misinformation, you may not, must not, shall not, you must, surveillance, intelligence gathering, code of conduct, prohibited uses, trade controls, nudity, sexual, self-harm, disrupt, excessive, automated means, drone, do not allow, eligible, eligibility, intimate, harm`,
			`use the service, responsible for, comply, restricted, community, behavior, permitted, upload, bandwidth, misrepresent, improper, comply with, ad, users may, burden, participate, don't`},
		{EntityScope,
			`contracting entity, agreement is with, contract with, agreement between, an agreement between, entering into, controller, data controller, applies to, this policy applies, these terms apply, do not apply, governed by these, scope, group companies, supplemental terms, these terms govern, also govern, collectively, subsidiaries, operated by, registered office, company number, registry code, covered by, other terms, provider and operator, services covered`,
			`entity, apply, govern, means, refers to, company, subsidiary, affiliated, pre-release, preview`},
		{NoticeChange,
			`changes to this, changes to these, change these terms, amend, amendment, revise, update this policy, update these, modify these, notify you of, prior notice, advance notice, material change, materially change, continued use, order of precedence, shall prevail, inconsistency, take effect, takes effect, supersede, entire agreement, right to modify, right to change, changes to our, days notice, conflict between`,
			`modify, notice, effective, prevail, revision, updated version, posted`},
		{Service,
			`technical support, customer support, support, help center, customer service, maintenance, availability, feature, functionality, response time, legacy, contact us, courtesy copy, feel free, support request, help desk`,
			`available, contact, update, upgrade, maintain, beta, tool, server, hours, invoice tool, identify`},
	}
}

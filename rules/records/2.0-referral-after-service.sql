/*---
code: "2.0"
kind: general
state: on
title:
  kk: "Жолдама қызметтен кейін тіркелген"
  ru: "Направление зарегистрировано после услуги"
  en: "The referral was registered after the service"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.2.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Қызмет {started_on} күні көрсетілген, жолдама {referred_on} күні тіркелген"
  ru: "Услуга оказана {started_on}, направление зарегистрировано {referred_on}"
  en: "Service on {started_on}, the referral was registered on {referred_on}"
honest_reasons:
  kk:
    - "Шұғыл көмек: жолдама кейін ресімделеді"
    - "Жолдама қызмет күнінің өзінде тіркелген"
    - "Жолдама қағаз түрінде берілген, кейін енгізілген"
  ru:
    - "Экстренная помощь: направление оформляют позже"
    - "Направление зарегистрировано в день услуги"
    - "Направление было на бумаге и внесено позже"
  en:
    - "Emergency care: the referral is written afterwards"
    - "The referral was registered on the very day"
    - "The referral was on paper and entered later"
---*/
SELECT s.service_id, s.person_id, s.started_on, s.referred_on
FROM monitored_service AS s
WHERE s.referred_on > s.started_on
  AND COALESCE(s.urgency, 'planned') <> 'emergency'
  AND s.care_form <> 'ambulance'

/*---
code: "7.0"
kind: general
state: on
title:
  kk: "Қызметті күту ұзақтығы 15 жұмыс күнінен асады"
  ru: "Длительность ожидания услуги превышает 15 рабочих дней"
  en: "Waiting for the service took longer than 15 working days"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.7.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Жолдама {referred_on} күні тіркелген, қызмет {started_on} күні көрсетілген: {working_days} жұмыс күні (шегі {limit_days})"
  ru: "Направление зарегистрировано {referred_on}, услуга оказана {started_on}: рабочих дней {working_days} (предел {limit_days})"
  en: "Referred on {referred_on}, served on {started_on}: {working_days} working days (limit {limit_days})"
reason:
  kk: "Жолдама {referred_on} күні тіркелген, қызмет {started_on} күні көрсетілген: күту {working_days} жұмыс күніне созылған"
  ru: "Направление зарегистрировано {referred_on}, услуга оказана {started_on}: рабочих дней ожидания {working_days}"
  en: "Referred on {referred_on}, served on {started_on}: a wait of {working_days} working days"
honest_reasons:
  kk:
    - "Курс немесе скрининг күнтізбе бойынша белгіленген"
    - "Пациент өзіне ыңғайлы кешірек күнді таңдаған"
    - "Мереке күндері болған: жұмыс күндері аз"
    - "Шұғыл көмек жолдамаға байланысты емес"
  ru:
    - "Курс или скрининг назначен по календарю"
    - "Пациент сам выбрал более поздний день"
    - "Праздничные дни: рабочих дней меньше"
    - "Экстренная помощь не связана с направлением"
  en:
    - "A course or a screening set by the calendar"
    - "The patient chose a later day himself"
    - "Holidays: fewer working days"
    - "Emergency care does not depend on the referral"
---*/
SELECT s.service_id, s.person_id, s.referred_on, s.started_on,
       c2.working_number - c1.working_number AS working_days, v.value AS limit_days
FROM monitored_service AS s
JOIN legal_value AS v
  ON v.name = 'waiting_limit' AND s.started_on BETWEEN v.from_day AND v.to_day
JOIN calendar AS c1 ON c1.day = s.referred_on
JOIN calendar AS c2 ON c2.day = s.started_on
LEFT JOIN list_scheduled_services AS p
       ON p.service_code = s.service_code AND s.started_on BETWEEN p.from_day AND p.to_day
WHERE s.started_on - s.referred_on > v.value
  AND c2.working_number - c1.working_number > v.value
  AND s.urgency = 'planned'
  AND s.care_form <> 'blood'
  AND s.medicine_code IS NULL
  AND p.service_code IS NULL

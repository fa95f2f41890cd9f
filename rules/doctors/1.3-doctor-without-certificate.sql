/*---
code: "1.3"
kind: potential
state: on
title:
  kk: "Дәрігердің қызмет күні күшіндегі сертификаты болмаған"
  ru: "У врача не было действующего сертификата в день услуги"
  en: "The doctor's certificate was not in force on the day"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.1.3]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{started_on} күні ЖСН {doctor_number} дәрігерінің сертификаты күшінде емес"
  ru: "На {started_on} сертификат врача с ИИН {doctor_number} не действовал"
  en: "On {started_on} the certificate of doctor {doctor_number} was not in force"
honest_reasons:
  kk:
    - "Сертификаттың соңғы күні де саналады"
    - "Дәрігер басқа ұйымнан шақырылған және осы ұйымның тізілімінде жоқ"
    - "Резидент жетекшінің бақылауымен жұмыс істеген"
    - "Жаңа сертификат берілген, тізілімге кеш түскен"
  ru:
    - "Последний день сертификата включается"
    - "Врач приглашён из другой организации и не числится в этой"
    - "Резидент работал под надзором наставника"
    - "Новый сертификат выдан, но внесён в регистр с опозданием"
  en:
    - "The last day of the certificate is included"
    - "The doctor was called from another organisation and is not on this one's staff"
    - "A resident worked under supervision"
    - "A new certificate was issued but registered late"
---*/
SELECT s.service_id, s.person_id, s.started_on, s.doctor_id AS doctor_number
FROM monitored_service AS s
WHERE s.doctor_certified = FALSE
  AND s.doctor_known

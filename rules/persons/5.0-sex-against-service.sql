/*---
code: "5.0"
kind: potential
state: on
title:
  kk: "Қызмет пациенттің жынысына сәйкес келмейді"
  ru: "Услуга не соответствует полу пациента"
  en: "The service does not fit the patient's sex"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{service_code} қызметі басқа жынысқа ғана арналған"
  ru: "Услуга {service_code} предназначена только для другого пола"
  en: "Service {service_code} is for the other sex only"
honest_reasons:
  kk:
    - "Пациенттің жынысы туралы жазба тіркелімде өзгертілген"
    - "Жаңа туған нәресте анасының ЖСН-імен емделген"
    - "Ер адамның сүт безі ауруы: маммография негізді"
    - "Бедеулік бойынша ерлі-зайыптылар тексерілген"
    - "ЖСН қате терілген, қызметті басқа адам алған"
  ru:
    - "Запись о поле пациента в регистре изменена"
    - "Новорождённого лечили под ИИН матери"
    - "Заболевание молочной железы у мужчины: маммография обоснована"
    - "Супругов обследовали по поводу бесплодия"
    - "ИИН набран с ошибкой, услугу получил другой человек"
  en:
    - "The sex marker of the patient was changed in the register"
    - "A newborn was treated under the mother's number"
    - "A disease of the breast in a man: mammography is justified"
    - "A couple was examined for infertility"
    - "The number was mistyped, another person had the service"
---*/
SELECT s.service_id, s.person_id, s.service_code, l.sex AS service_sex, s.sex
FROM monitored_service AS s
JOIN list_service_limits AS l
  ON l.service_code = s.service_code AND s.started_on BETWEEN l.from_day AND l.to_day
LEFT JOIN list_service_limit_exempt AS e
  ON e.service_code = s.service_code
 AND s.diagnosis LIKE e.diagnosis_prefix || '%'
 AND s.started_on BETWEEN e.from_day AND e.to_day
WHERE l.sex <> s.sex
  AND NOT COALESCE(s.sex_changed, FALSE)
  AND NOT s.newborn
  AND e.service_code IS NULL

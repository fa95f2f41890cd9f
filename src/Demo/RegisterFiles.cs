using System.Text;

namespace Kepil.Demo;

/// <summary>Account-registers of an area as accountants send them: title rows, Kazakh or Russian heads, semicolons, decimal commas.</summary>
internal sealed class RegisterFiles(Area area, string folder)
{
    private const byte Semicolon = (byte)';';

    internal static readonly string[] HeadsRu =
    [
        "№ п/п", "ID услуги", "Источник финансирования", "Форма помощи", "ИИН пациента", "Код услуги", "Дата начала", "Дата окончания", "Минута начала", "Количество", "Тариф, тенге", "Сумма, тенге",
        "Оплачено пациентом, тенге", "Диагноз (МКБ-10)", "Диагноз направления", "Патологоанатомический диагноз", "ИИН врача", "Исход", "Вид госпитализации", "Койко-дни", "Код КЗГ", "Код операции",
        "Дата направления", "БИН направившей организации", "Место оказания", "Код лекарственного средства", "Новорождённый", "Дата ввода",
    ];

    internal static readonly string[] HeadsKk =
    [
        "Р/с №", "Қызметтің ID", "Қаржыландыру көзі", "Көмек нысаны", "Пациенттің ЖСН", "Қызмет коды", "Қызмет көрсетілген күн", "Аяқталған күні", "Басталған минуты", "Саны", "Тариф, теңге", "Сомасы, теңге",
        "Пациент төлеген сома, теңге", "Диагноз (АХЖ-10)", "Жолдама диагнозы", "Патологиялық-анатомиялық диагноз", "Дәрігердің ЖСН", "Нәтижесі", "Жатқызу түрі", "Төсек-күн", "КШТ коды", "Операция коды",
        "Жолдама күні", "Жіберген ұйымның БСН-і", "Көрсету орны", "Дәрілік зат коды", "Жаңа туған нәресте", "Енгізілген күні",
    ];

    private static readonly string[] MonthsKk = ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"];
    private static readonly string[] MonthsRu = ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"];

    private static readonly byte[][][] Forms = [Utf8(Words.FormsRu), Utf8(Words.FormsKk)];
    private static readonly byte[][][] Packages = [Utf8(Words.PackagesRu), Utf8(Words.PackagesKk)];
    private static readonly byte[][][] Outcomes = [Utf8(Words.OutcomesRu), Utf8(Words.OutcomesKk)];
    private static readonly byte[][][] Urgencies = [Utf8(Words.UrgenciesRu), Utf8(Words.UrgenciesKk)];
    private static readonly byte[][][] Settings = [Utf8(Words.SettingsRu), Utf8(Words.SettingsKk)];
    private static readonly byte[][] Yes = Utf8(["да", "иә"]);

    private readonly Sheet _sheet = new(1 << 20);

    /// <summary>Writes all registers of the area, one per provider, form of care and month; corrections as files of their own.</summary>
    public void Write()
    {
        var lines = area.Lines;
        var keys = new int[lines.Length];
        var order = new int[lines.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            ref readonly var line = ref lines[i];
            keys[i] = (((line.Month * area.Providers.Length) + line.Provider) * 15 + (int)line.Form) * 2 + line.Edition;
            order[i] = i;
        }

        Sort(keys, order, DemoSize.Months * area.Providers.Length * 30);
        for (var first = 0; first < order.Length;)
        {
            var key = keys[order[first]];
            var end = first + 1;
            while (end < order.Length && keys[order[end]] == key)
            {
                end++;
            }

            One(lines, order.AsSpan(first, end - first));
            first = end;
        }
    }

    /// <summary>The text of a line's own number: provider and place in the area.</summary>
    public static string IdOf(Provider provider, int number) => $"{provider.Number + 1:0000}-{number:0000000}";

    private void One(ReadOnlySpan<Line> lines, ReadOnlySpan<int> order)
    {
        ref readonly var first = ref lines[order[0]];
        var provider = area.Providers[first.Provider];
        var month = area.Size.MonthAt(first.Month);
        var language = provider.Kazakh ? 1 : 0;
        _sheet.Clear();
        Title(provider, month, order.Length);
        long total = 0;
        for (var i = 0; i < order.Length; i++)
        {
            ref readonly var line = ref lines[order[i]];
            Row(line, provider, i + 1, language);
            total += line.Amount;
        }

        _sheet.Text(language == 1 ? "БАРЛЫҒЫ"u8 : "ИТОГО"u8);
        for (var i = 0; i < 11; i++)
        {
            _sheet.Put(Semicolon);
        }

        _sheet.Money(total);
        Fill(16);
        var path = Path.Combine(folder, "registers", month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(path);
        var name = $"{provider.Id:D12}-{Words.Forms[(int)first.Form]}";
        _sheet.Save(Path.Combine(path, first.Edition == 0 ? name + ".csv" : name + "_corrected.csv"));
        if (provider.Place == 0 && first.Form == Form.Specialist && first.Month == DemoSize.Months - 1 && first.Edition == 0)
        {
            // A register sent twice, as happens when a confirmation is late.
            _sheet.Save(Path.Combine(path, name + "_again.csv"));
        }
    }

    private void Title(Provider provider, DateOnly month, int lines)
    {
        _sheet.Mark();
        if (provider.Kazakh)
        {
            _sheet.Text($"{month.Year} жылғы {MonthsKk[month.Month - 1]} айына көрсетілген медициналық қызметтердің шот-тізілімі");
            Fill(27);
            _sheet.Text($"Өнім беруші:;{provider.NameKk};;БСН;").Digits(provider.Id, 12).Text($";;Шарт;{provider.Contract};;Жолдар саны;{lines}");
            Fill(17);
        }
        else
        {
            _sheet.Text($"Счет-реестр за оказанные медицинские услуги за {MonthsRu[month.Month - 1]} {month.Year} года");
            Fill(27);
            _sheet.Text($"Поставщик:;{provider.NameRu};;БИН;").Digits(provider.Id, 12).Text($";;Договор;{provider.Contract};;Строк;{lines}");
            Fill(17);
        }

        Fill(27);
        _sheet.Text(string.Join(';', provider.Kazakh ? HeadsKk : HeadsRu)).Put((byte)'\n');
    }

    private void Row(in Line line, Provider provider, int number, int language)
    {
        var lists = Catalogue.Country;
        var sheet = _sheet;
        sheet.Number(number).Put(Semicolon).Digits(provider.Number + 1, 4).Put((byte)'-').Digits(line.Number, 7).Put(Semicolon);
        sheet.Text(Packages[language][(int)line.Package]).Put(Semicolon).Text(Forms[language][(int)line.Form]).Put(Semicolon).Digits(line.Person, 12).Put(Semicolon);
        if (line.Service >= 0)
        {
            sheet.Text(lists.Services[line.Service].Utf8);
        }

        sheet.Put(Semicolon).Day(line.Start).Put(Semicolon).Day(line.End).Put(Semicolon);
        if (line.Minute >= 0)
        {
            sheet.Number(line.Minute);
        }

        sheet.Put(Semicolon).Number(line.Quantity).Put(Semicolon).Money(line.Price).Put(Semicolon).Money(line.Amount).Put(Semicolon).Money(line.Paid).Put(Semicolon);
        Illness(line.Diagnosis);
        Illness(line.DiagnosisReferral);
        Illness(line.DiagnosisAutopsy);
        if (line.Doctor != 0)
        {
            sheet.Digits(line.Doctor, 12);
        }

        sheet.Put(Semicolon).Text(Outcomes[language][(int)line.Outcome]).Put(Semicolon).Text(Urgencies[language][(int)line.Urgency]).Put(Semicolon);
        if (line.BedDays >= 0)
        {
            sheet.Number(line.BedDays);
        }

        sheet.Put(Semicolon).Text(line.Drg >= 0 ? lists.Groups[line.Drg].Code : null).Put(Semicolon).Text(line.Operation >= 0 ? lists.Groups[line.Operation].Operation : null).Put(Semicolon);
        if (line.Referred != 0)
        {
            sheet.Day(line.Referred);
        }

        sheet.Put(Semicolon);
        if (line.Referrer >= 0)
        {
            sheet.Digits(area.Providers[line.Referrer].Id, 12);
        }

        sheet.Put(Semicolon).Text(Settings[language][(int)line.Setting]).Put(Semicolon).Text(line.Medicine >= 0 ? lists.Remedies[line.Medicine].Code : null).Put(Semicolon);
        if (line.Newborn)
        {
            sheet.Text(Yes[language]);
        }

        sheet.Put(Semicolon).Day(line.Recorded).Put((byte)'\n');
    }

    private void Illness(short index)
    {
        if (index >= 0)
        {
            _sheet.Text(Catalogue.Country.Illnesses[index].Utf8);
        }

        _sheet.Put(Semicolon);
    }

    private void Fill(int semicolons)
    {
        for (var i = 0; i < semicolons; i++)
        {
            _sheet.Put(Semicolon);
        }

        _sheet.Put((byte)'\n');
    }

    /// <summary>Orders lines by register and leaves those of one register in the order in which they arose.</summary>
    private static void Sort(int[] keys, int[] order, int limit)
    {
        var starts = new int[limit + 1];
        foreach (var key in keys)
        {
            starts[key + 1]++;
        }

        for (var i = 1; i <= limit; i++)
        {
            starts[i] += starts[i - 1];
        }

        for (var i = 0; i < keys.Length; i++)
        {
            order[starts[keys[i]]++] = i;
        }
    }

    private static byte[][] Utf8(string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}

using System.Globalization;
using System.Text;
using Kepil.DuckDb;
using Kepil.Monitoring;

namespace Kepil.Fund.Registers;

/// <summary>Reads the rows of an account-register into lines, checks each and stages the good ones.</summary>
public sealed class LineReading : IDisposable
{
    /// <summary>The most units of one line.</summary>
    private const long LargestQuantity = 100_000;

    private readonly RecognisedHead _head;
    private readonly RowJudgement _judge;
    private readonly SeenLines _seen;
    private readonly StagedTable _staged;
    private readonly PlainLine? _plain;
    private readonly DiagnosisCodes _diagnoses;
    private readonly WordList _packages, _forms, _outcomes, _urgencies, _settings, _flags;
    private readonly LineContext _context;
    private readonly byte[] _idBuffer = new byte[64], _serviceBuffer = new byte[64], _drgBuffer = new byte[64], _operationBuffer = new byte[64], _medicineBuffer = new byte[64];
    private readonly byte[] _diagnosisBuffer = new byte[64], _referralBuffer = new byte[64], _autopsyBuffer = new byte[64];
    private readonly int _lineId, _provider, _month, _package, _form, _contract, _stated, _service, _started, _ended, _minute, _quantity, _price, _amount, _paid;
    private readonly int _diagnosis, _referral, _autopsy, _doctor, _outcome, _urgency, _bedDays, _drg, _operation, _referredOn, _referrer, _setting, _medicine, _newborn, _recordedOn;

    public LineReading(RecognisedHead head, RowJudgement judge, LineContext context, DiagnosisCodes diagnoses, Vocabulary vocabulary, string folder, bool fromText, long expected)
    {
        (_head, _judge, _context, _diagnoses) = (head, judge, context, diagnoses);
        (_packages, _forms, _outcomes) = (Words("package"), Words("care_form"), Words("outcome"));
        (_urgencies, _settings, _flags) = (Words("urgency"), Words("setting"), Words("flag"));
        (_lineId, _provider, _month, _package, _form) = (At("line_id"), At("provider_id"), At("month"), At("package"), At("care_form"));
        (_contract, _stated, _service, _started, _ended) = (At("contract"), At("stated_id"), At("service_code"), At("started_on"), At("ended_on"));
        (_minute, _quantity, _price, _amount, _paid) = (At("started_minute"), At("quantity"), At("price"), At("amount"), At("patient_paid"));
        (_diagnosis, _referral, _autopsy, _doctor) = (At("diagnosis"), At("diagnosis_referral"), At("diagnosis_autopsy"), At("doctor_id"));
        (_outcome, _urgency, _bedDays, _drg, _operation) = (At("outcome"), At("urgency"), At("bed_days"), At("drg_code"), At("operation_code"));
        (_referredOn, _referrer, _setting, _medicine) = (At("referred_on"), At("referrer_id"), At("setting"), At("medicine_code"));
        (_newborn, _recordedOn) = (At("newborn"), At("recorded_on"));
        _seen = SeenLines.ForNextFile(expected);
        _staged = new StagedTable(folder, "lines", Columns, unlike: "line_id", expected);
        if (fromText && !context.Foreign && !context.MonthOfEachLine)
        {
            _plain = new PlainLine(head, context, diagnoses, vocabulary, _staged, _seen);
        }

        int At(string code) => head.Of(code);
        WordList Words(string name) => new(name, vocabulary.Words(name));
    }

    /// <summary>The columns of a staged line: what was billed, and the row of the file.</summary>
    public static IReadOnlyList<LineColumn> Columns { get; } =
        [.. LineColumns.Billed.Where(c => c.Name != "service_id"), new LineColumn("row_number", DuckType.Integer, Required: true)];

    public long Billed { get; private set; }

    public long PackagesInferred { get; private set; }

    /// <summary>Takes a row that is certainly a sound line; any other is left without a trace.</summary>
    public bool TakePlain(TableRow row)
    {
        if (_plain is not { } plain || !plain.Take(row))
        {
            return false;
        }

        Billed += plain.Amount;
        PackagesInferred += plain.Inferred ? 1 : 0;
        return true;
    }

    /// <summary>Takes a row; gives false when it was rejected.</summary>
    public bool Take(TableRow row)
    {
        if (TakePlain(row))
        {
            return true;
        }

        _judge.Begin(row);
        var lineId = _judge.Text(_lineId, 100);
        if (lineId.IsEmpty)
        {
            _judge.Missing(_lineId, true, "line_id_missing");
        }
        else if (_seen.Note(lineId, row.Number) is > 0 and var first)
        {
            _judge.Reject(_lineId, "line_id_repeated", ("first", first.ToString(CultureInfo.InvariantCulture)));
        }

        var provider = _provider < 0 ? _context.ProviderId : _judge.Organisation(_provider, _context.ProviderId is null, _context.Foreign) ?? _context.ProviderId;
        if (_context.OnlyProvider && provider is not null && provider != _context.ProviderId)
        {
            _judge.Reject(_provider, "organisation_other");
        }

        var contract = _judge.Text(_contract, 64);
        var stated = _judge.Person(_stated, true, _context.Foreign);
        var doctor = _judge.Person(_doctor, false, _context.Foreign);
        var referrer = _judge.Organisation(_referrer, false, _context.Foreign);
        var (started, ended, minute) = Days();
        var month = Month(ended);
        var referredOn = _judge.Day(_referredOn, false, out _);
        var recordedOn = _judge.Day(_recordedOn, false, out _);
        var (quantity, price, amount) = Sums();
        var paid = _judge.Money(_paid) ?? 0;

        var service = _judge.Code(_service, _serviceBuffer, 20);
        var drg = _judge.Code(_drg, _drgBuffer, 20);
        var operation = _judge.Code(_operation, _operationBuffer, 20);
        var medicine = _judge.Code(_medicine, _medicineBuffer, 40);
        var form = _judge.Word(_form, _forms) ?? _context.CareForm;
        var urgency = _judge.Word(_urgency, _urgencies);
        var package = Package(urgency);
        var outcome = _judge.Word(_outcome, _outcomes);
        // Who was refused in the admission department has no service yet.
        if (outcome is not [(byte)'r', (byte)'e', (byte)'f', ..] && service.IsEmpty && drg.IsEmpty && medicine.IsEmpty && !Flawed(_service) && !Flawed(_drg) && !Flawed(_medicine))
        {
            _judge.Reject(_service >= 0 ? _service : _drg >= 0 ? _drg : _medicine, "service_missing");
        }

        var setting = _judge.Word(_setting, _settings);
        var newborn = _judge.Word(_newborn, _flags) is [(byte)'t', ..];
        var bedDays = _judge.Whole(_bedDays, "days", 0, 10_000);
        var diagnosis = Diagnosis(_diagnosis, _diagnosisBuffer, !form.AsSpan().SequenceEqual("blood"u8));
        var referral = Diagnosis(_referral, _referralBuffer, false);
        var autopsy = Diagnosis(_autopsy, _autopsyBuffer, false);
        if (_judge.Rejected)
        {
            return false;
        }

        var rows = _staged;
        rows.Add(lineId);
        rows.Add(provider!.Value);
        rows.Add(month!.Value);
        rows.Add(package.AsSpan());
        rows.Add(form.AsSpan());
        Put(rows, contract.IsEmpty ? _context.Contract : contract);
        rows.Add(stated!.Value);
        Put(rows, service);
        rows.Add(started!.Value);
        rows.Add(ended!.Value);
        rows.Add(minute);
        rows.Add((int)quantity);
        rows.Add(price);
        rows.Add(amount);
        rows.Add(paid);
        Put(rows, diagnosis);
        Put(rows, referral);
        Put(rows, autopsy);
        rows.Add(doctor);
        Put(rows, outcome);
        Put(rows, urgency);
        rows.Add(bedDays);
        Put(rows, drg);
        Put(rows, operation);
        rows.Add(referredOn);
        rows.Add(referrer);
        Put(rows, setting);
        Put(rows, medicine);
        rows.Add(newborn);
        rows.Add(recordedOn);
        rows.Add(row.Number);
        _staged.EndRow();
        Billed += amount;
        return true;
    }

    public IReadOnlyList<string> Complete()
    {
        _staged.Complete();
        return _staged.Files;
    }

    public void Dispose()
    {
        _staged.Dispose();
        _seen.Leave();
    }

    private static void Put(StagedTable rows, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            rows.AddNull();
        }
        else
        {
            rows.Add(text);
        }
    }

    private bool Flawed(int column) => _judge.Flawed(column);

    private (DateOnly? Started, DateOnly? Ended, int? Minute) Days()
    {
        var started = _judge.Day(_started, _started >= 0, out var minute);
        var ended = _ended < 0 ? started : _judge.Day(_ended, _started < 0, out _);
        if (_ended >= 0 && ended is null && !Flawed(_ended))
        {
            ended = started;
        }

        started = _started < 0 ? ended : started;
        if (started > ended)
        {
            _judge.Reject(_ended, "discharge_before_admission", ("started", Shown(started.Value)));
        }

        var last = _ended >= 0 ? _ended : _started;
        if (ended > _context.Today && !OutsideMonth(ended.Value))
        {
            _judge.Reject(last, "date_future", ("today", Shown(_context.Today)));
        }

        if (_minute >= 0)
        {
            minute = (int?)_judge.Whole(_minute, "minute", 0, 1439);
        }

        return (started, ended, minute);
    }

    private bool OutsideMonth(DateOnly day) => _month < 0 && _context.Month is { } month && (day.Year != month.Year || day.Month != month.Month);

    private DateOnly? Month(DateOnly? ended)
    {
        var last = _ended >= 0 && !_judge.Cell(_ended).IsEmpty ? _ended : _started >= 0 ? _started : _ended;
        var month = _context.Month;
        if (_context.MonthOfEachLine)
        {
            return ended is { } day ? new DateOnly(day.Year, day.Month, 1) : null;
        }

        if (_month >= 0)
        {
            var cell = _judge.Cell(_month);
            if (!cell.IsEmpty)
            {
                if (CellDate.ReadMonth(cell, _context.From1904, out var stated) == DateTrouble.None)
                {
                    month = stated;
                }
                else if (TitleFacts.MonthIn(Encoding.UTF8.GetString(cell), _context.Months) is { } named)
                {
                    month = named;
                }
                else
                {
                    _judge.Reject(_month, "month_unread");
                    return null;
                }
            }
            else if (month is null)
            {
                _judge.Missing(_month, true, "month_missing");
                return null;
            }

            if (_context.Month is { } expected && month != expected)
            {
                _judge.Reject(_month, "month_differs", ("month", expected.ToString("yyyy-MM", CultureInfo.InvariantCulture)));
            }
        }

        // A line forgotten in its own month may be billed in a later one; whether it was billed before is for the rules to see.
        if (ended is { } end && month is { } first && (end >= first.AddMonths(1) || end < first.AddMonths(-_context.LateMonths)))
        {
            _judge.Reject(last, "date_outside_month", ("month", first.ToString("MM.yyyy", CultureInfo.InvariantCulture)));
        }

        return month;
    }

    /// <summary>Quantity, price and amount; of price and amount one may be left to the other.</summary>
    private (long Quantity, long Price, long Amount) Sums()
    {
        var counted = _judge.Whole(_quantity, "quantity", 1, LargestQuantity);
        if (counted is null && _quantity >= 0)
        {
            _judge.Missing(_quantity, true, "quantity_missing");
        }

        var quantity = counted ?? 1;
        var price = _judge.Money(_price);
        var amount = _judge.Money(_amount);
        if (price is null && amount is null)
        {
            if (!Flawed(_price) && !Flawed(_amount))
            {
                _judge.Reject(_amount >= 0 ? _amount : _price, "money_missing");
            }

            return (quantity, 0, 0);
        }

        if (Flawed(_price) || Flawed(_amount) || Flawed(_quantity))
        {
            return (quantity, price ?? 0, amount ?? 0);
        }

        if (price is null)
        {
            if (amount % quantity != 0)
            {
                _judge.Reject(_price >= 0 ? _price : _amount, "price_missing");
            }

            return (quantity, amount!.Value / quantity, amount.Value);
        }

        amount ??= price * quantity;
        if (amount != price * quantity)
        {
            _judge.Reject(_amount, "sum_mismatch", ("price", Tenge(price.Value)), ("quantity", quantity.ToString(CultureInfo.InvariantCulture)), ("expected", Tenge(price.Value * quantity)));
        }

        return (quantity, price.Value, amount.Value);
    }

    /// <summary>Emergency stays belong to the guaranteed volume; the rest, when nothing says otherwise, to insurance.</summary>
    private byte[]? Package(byte[]? urgency)
    {
        var package = _judge.Word(_package, _packages);
        if (package is not null || _context.Package is not null)
        {
            return package ?? _context.Package;
        }

        if (_package >= 0)
        {
            _judge.Missing(_package, true, "package_missing");
            return null;
        }

        PackagesInferred += _judge.Rejected ? 0 : 1;
        return urgency.AsSpan().SequenceEqual("emergency"u8) ? LineContext.Guaranteed : LineContext.Insurance;
    }

    private ReadOnlySpan<byte> Diagnosis(int column, byte[] buffer, bool required)
    {
        var cell = _judge.Cell(column);
        if (cell.IsEmpty)
        {
            _judge.Missing(column, required, "diagnosis_missing");
            return default;
        }

        if (!DiagnosisCodes.TryRead(cell, buffer, out var code))
        {
            _judge.Reject(column, "diagnosis_form");
            return default;
        }

        if (!_diagnoses.Knows(code))
        {
            _judge.Reject(column, "diagnosis_unknown");
            return default;
        }

        return code;
    }

    private static string Shown(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);

    private static string Tenge(long tiyn) => string.Create(CultureInfo.InvariantCulture, $"{tiyn / 100},{tiyn % 100:D2}");
}

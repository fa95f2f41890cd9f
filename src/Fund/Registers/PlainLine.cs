using System.Runtime.CompilerServices;
using Kepil.DuckDb;

namespace Kepil.Fund.Registers;

/// <summary>The short way of a line whose every cell is spelt in the usual way and that is certainly sound.</summary>
/// <remarks>
/// It takes a line or leaves it, and never rejects: what it leaves, for any doubt at all, goes whole through <see cref="RowJudgement"/>.
/// A test holds both ways to the same rows and the same rejections.
/// </remarks>
internal sealed class PlainLine
{
    private readonly StagedTable _staged;
    private readonly SeenLines _seen;
    private readonly LineContext _context;
    private readonly int _heads;
    private readonly int[] _ignored;
    private readonly Field _lineId, _provider, _month, _package, _form, _contract, _stated, _service, _started, _ended, _minute, _quantity, _price, _amount, _paid;
    private readonly Field _diagnosis, _referral, _autopsy, _doctor, _outcome, _urgency, _bedDays, _drg, _operation, _referredOn, _referrer, _setting, _medicine, _newborn, _recordedOn;
    private readonly StagedColumn _number;
    private readonly int _today;
    private readonly KnownCell? _ownContract, _guaranteed, _insurance, _ownPackage;
    private readonly KnownCell _ownForm;
    private int _ofMonth = int.MinValue, _earliest, _next;

    [ThreadStatic]
    private static (Vocabulary Vocabulary, DiagnosisCodes Diagnoses, Dictionary<string, CellMemo> Memos)? _kept;

    public PlainLine(RecognisedHead head, LineContext context, DiagnosisCodes diagnoses, Vocabulary vocabulary, StagedTable staged, SeenLines seen)
    {
        (_staged, _seen, _context, _heads) = (staged, seen, context, head.Heads.Count);
        _today = context.Today.DayNumber - DuckResult.Epoch;
        // What a word or a code means depends on nothing that a file says, so the next file knows it too.
        if (_kept is not { } kept || kept.Vocabulary != vocabulary || kept.Diagnoses != diagnoses)
        {
            _kept = kept = (vocabulary, diagnoses, []);
        }

        var memos = kept.Memos;
        (_lineId, _provider, _month, _stated) = (At("line_id"), At("provider_id"), At("month"), At("stated_id"));
        (_started, _ended, _minute, _quantity) = (At("started_on"), At("ended_on"), At("started_minute"), At("quantity"));
        (_price, _amount, _paid, _doctor, _bedDays) = (At("price"), At("amount"), At("patient_paid"), At("doctor_id"), At("bed_days"));
        (_referredOn, _referrer, _recordedOn) = (At("referred_on"), At("referrer_id"), At("recorded_on"));
        (_package, _form, _urgency, _outcome) = (Word("package", "package"), Word("care_form", "care_form", "blood"), Word("urgency", "urgency", "emergency"), Word("outcome", "outcome", "ref"));
        (_setting, _newborn) = (Word("setting", "setting"), Word("newborn", "flag", "t"));
        (_service, _drg, _operation, _medicine) = (Code("service_code", 20), Code("drg_code", 20), Code("operation_code", 20), Code("medicine_code", 40));
        (_diagnosis, _referral, _autopsy) = (Diagnosis("diagnosis"), Diagnosis("diagnosis_referral"), Diagnosis("diagnosis_autopsy"));
        _contract = Known("contract", () => new CellMemo(cell => cell.Length <= 64 ? cell.ToArray() : null));
        _number = staged.Column("row_number");
        _ownContract = Own(context.Contract);
        _ownPackage = Own(context.Package);
        _ownForm = Own(context.CareForm, "blood"u8)!;
        (_guaranteed, _insurance) = (Own(LineContext.Guaranteed), Own(LineContext.Insurance));
        Field[] fields =
        [
            _lineId, _provider, _month, _package, _form, _contract, _stated, _service, _started, _ended, _minute, _quantity, _price, _amount, _paid, _diagnosis,
            _referral, _autopsy, _doctor, _outcome, _urgency, _bedDays, _drg, _operation, _referredOn, _referrer, _setting, _medicine, _newborn, _recordedOn,
        ];
        var read = new bool[_heads];
        foreach (var field in fields)
        {
            if (field.At >= 0)
            {
                read[field.At] = true;
            }
        }

        var ignored = new List<int>();
        for (var i = 0; i < _heads; i++)
        {
            if (!read[i])
            {
                ignored.Add(i);
            }
        }

        _ignored = [.. ignored];

        Field At(string code, CellMemo? memo = null) => new(head.Of(code), staged.Column(code), memo);
        Field Word(string code, string list, string mark = "") => Known(code, () =>
        {
            var words = new WordList(list, vocabulary.Words(list));
            return new CellMemo(cell => words.Find(cell), mark);
        });

        Field Code(string code, int longest) => Known(code, () => new CellMemo(cell => RowJudgement.CodeOf(cell, new byte[64], longest, out _).ToArray()));
        Field Diagnosis(string code) => Known(code, () => new CellMemo(cell => DiagnosisCodes.TryRead(cell, new byte[64], out var found) && diagnoses.Knows(found) ? found.ToArray() : null));
        Field Known(string code, Func<CellMemo> make) => At(code, memos.TryGetValue(code, out var memo) && !memo.Full ? memo : memos[code] = make());
        static KnownCell? Own(byte[]? meaning, ReadOnlySpan<byte> mark = default) => meaning is null ? null : new KnownCell(meaning, meaning, mark.Length > 0 && meaning.AsSpan().StartsWith(mark));
    }

    /// <summary>Tiyn of the last line taken.</summary>
    public long Amount { get; private set; }

    /// <summary>Whether the package of the last line taken was told by nothing.</summary>
    public bool Inferred { get; private set; }

    /// <summary>Takes a row, or leaves it without a trace.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Take(TableRow row)
    {
        // A text without a dictionary cannot be taken back when a later cell of the row is doubtful.
        if (row.Count > _heads || _staged.Unlike > (_lineId.Column.ByDictionary ? 0 : 1))
        {
            return false;
        }

        foreach (var column in _ignored)
        {
            var ignored = row[column];
            if (!ignored.IsEmpty && PlainCells.Special(ignored))
            {
                return false;
            }
        }

        var at = _staged.Rows;
        var id = row[_lineId.At];
        return PlainCells.Text(id, 100)
            && People(row, at) && Days(row, at) && Sums(row, at) && Words(row, at) && Codes(row, at)
            && Close(row, at, id);
    }

    private bool Close(TableRow row, int at, ReadOnlySpan<byte> id)
    {
        if (_seen.Note(id, row.Number) > 0)
        {
            return false;
        }

        _lineId.Column.Set(at, id);
        _number.Ints[at] = row.Number;
        _staged.CloseRow();
        return true;
    }

    private bool People(TableRow row, int at)
    {
        var cell = row[_provider.At];
        long provider;
        if (cell.IsEmpty)
        {
            if (_context.ProviderId is not { } own)
            {
                return false;
            }

            provider = own;
        }
        else if (!PlainCells.Organisation(cell, out provider) || _context.OnlyProvider && provider != _context.ProviderId)
        {
            return false;
        }

        _provider.Column.Longs[at] = provider;
        if (!PlainCells.Person(row[_stated.At], out _stated.Column.Longs[at]))
        {
            return false;
        }

        var doctor = row[_doctor.At];
        if (doctor.IsEmpty)
        {
            _doctor.Column.SetNothing(at);
        }
        else if (!PlainCells.Person(doctor, out _doctor.Column.Longs[at]))
        {
            return false;
        }

        var referrer = row[_referrer.At];
        if (referrer.IsEmpty)
        {
            _referrer.Column.SetNothing(at);
            return true;
        }

        return PlainCells.Organisation(referrer, out _referrer.Column.Longs[at]);
    }

    private bool Days(TableRow row, int at)
    {
        int started = 0, ended;
        if (_started.At >= 0 && !PlainCells.Day(row[_started.At], out started))
        {
            return false;
        }

        var last = row[_ended.At];
        if (last.IsEmpty && _started.At >= 0)
        {
            ended = started;
        }
        else if (!PlainCells.Day(last, out ended))
        {
            return false;
        }

        started = _started.At >= 0 ? started : ended;
        if (started > ended || ended > _today || Month(row) is not { } month || ended >= _next || ended < _earliest)
        {
            return false;
        }

        _started.Column.Ints[at] = started;
        _ended.Column.Ints[at] = ended;
        _month.Column.Ints[at] = month;
        return Day(_referredOn, row, at) && Day(_recordedOn, row, at) && Number(_minute, row, at, 0, 1439);
    }

    /// <summary>The month of a row, and with it the days on which its services may have ended.</summary>
    private int? Month(TableRow row)
    {
        var month = _context.Month;
        var cell = row[_month.At];
        if (!cell.IsEmpty)
        {
            if (cell.Length != 7 || CellDate.ReadMonth(cell, false, out var stated) != DateTrouble.None || (month is { } expected && stated != expected))
            {
                return null;
            }

            month = stated;
        }

        if (month is not { Year: < 9999 } known)
        {
            return null;
        }

        var first = known.DayNumber - DuckResult.Epoch;
        if (first != _ofMonth)
        {
            _ofMonth = first;
            _next = known.AddMonths(1).DayNumber - DuckResult.Epoch;
            _earliest = known.AddMonths(-_context.LateMonths).DayNumber - DuckResult.Epoch;
        }

        return first;
    }

    private bool Sums(TableRow row, int at)
    {
        var quantity = 1;
        long price, amount, paid = 0;
        if (_quantity.At >= 0 && !PlainCells.Whole(row[_quantity.At], 1, 100_000, out quantity))
        {
            return false;
        }

        var priceCell = row[_price.At];
        var amountCell = row[_amount.At];
        var paidCell = row[_paid.At];
        if (!paidCell.IsEmpty && !PlainCells.Money(paidCell, out paid))
        {
            return false;
        }

        if (priceCell.IsEmpty)
        {
            if (!PlainCells.Money(amountCell, out amount) || amount % quantity != 0)
            {
                return false;
            }

            price = amount / quantity;
        }
        else
        {
            if (!PlainCells.Money(priceCell, out price))
            {
                return false;
            }

            amount = price * quantity;
            if (!amountCell.IsEmpty && (!PlainCells.Money(amountCell, out var stated) || stated != amount))
            {
                return false;
            }
        }

        _quantity.Column.Ints[at] = quantity;
        _price.Column.Longs[at] = price;
        _amount.Column.Longs[at] = amount;
        _paid.Column.Longs[at] = paid;
        Amount = amount;
        return Number(_bedDays, row, at, 0, 10_000);
    }

    private bool Words(TableRow row, int at)
    {
        var part = _staged.Part;
        if (!Known(_urgency, row, at, part, null, out var urgency) || !Known(_setting, row, at, part, null, out _)
            || !Known(_contract, row, at, part, _ownContract, out _))
        {
            return false;
        }

        var told = _package.At >= 0 || _ownPackage is not null;
        Inferred = !told;
        if (!Known(_package, row, at, part, told ? _ownPackage : urgency is { Marked: true } ? _guaranteed : _insurance, out var package) || package is null)
        {
            return false;
        }

        var newborn = row[_newborn.At];
        if (newborn.IsEmpty)
        {
            _newborn.Column.Ints[at] = 0;
            return true;
        }

        if (_newborn.Memo!.Find(newborn) is not { } flag)
        {
            return false;
        }

        _newborn.Column.Ints[at] = flag.Marked ? 1 : 0;
        return true;
    }

    private bool Codes(TableRow row, int at)
    {
        var part = _staged.Part;
        return Known(_form, row, at, part, _ownForm, out var form)
            && Known(_outcome, row, at, part, null, out var outcome)
            && Known(_service, row, at, part, null, out var service)
            && Known(_drg, row, at, part, null, out var drg)
            && Known(_operation, row, at, part, null, out _)
            && Known(_medicine, row, at, part, null, out var medicine)
            && Known(_diagnosis, row, at, part, null, out var diagnosis)
            && Known(_referral, row, at, part, null, out _)
            && Known(_autopsy, row, at, part, null, out _)
            && (outcome is { Marked: true } || service is not null || drg is not null || medicine is not null)
            && (diagnosis is not null || form is { Marked: true });
    }

    private static bool Known(in Field field, TableRow row, int at, int part, KnownCell? otherwise, out KnownCell? known)
    {
        var cell = row[field.At];
        known = cell.IsEmpty ? otherwise : field.Memo!.Find(cell);
        if (known is not null)
        {
            known.Put(field.Column, part, at);
            return true;
        }

        field.Column.SetNothing(at);
        return cell.IsEmpty;
    }

    private static bool Day(in Field field, TableRow row, int at)
    {
        var cell = row[field.At];
        if (cell.IsEmpty)
        {
            field.Column.SetNothing(at);
            return true;
        }

        return PlainCells.Day(cell, out field.Column.Ints[at]);
    }

    private static bool Number(in Field field, TableRow row, int at, int least, int most)
    {
        var cell = row[field.At];
        if (cell.IsEmpty)
        {
            field.Column.SetNothing(at);
            return true;
        }

        return PlainCells.Whole(cell, least, most, out field.Column.Ints[at]);
    }

    /// <summary>A column of the file, -1 when it has none, and of the staged rows.</summary>
    private readonly record struct Field(int At, StagedColumn Column, CellMemo? Memo);
}

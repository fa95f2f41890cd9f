using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kepil.DuckDb;

namespace Kepil.Fund.Registers;

/// <summary>The short way of a line whose every cell is spelt in the usual way and that is certainly sound.</summary>
/// <remarks>
/// It takes a line or leaves it, and never rejects: what it leaves, for any doubt at all, goes whole through <see cref="RowJudgement"/>.
/// A test holds both ways to the same rows and the same rejections.
/// </remarks>
internal sealed class PlainLine
{
    /// <summary>Places among the columns whose cells are words or codes.</summary>
    private const uint Urgency = 1, Service = 2, Drg = 4, Medicine = 8, Diagnosis = 16, Form = 32, Outcome = 64;

    private readonly StagedTable _staged;
    private readonly SeenLines _seen;
    private readonly LineContext _context;
    private readonly int _heads;
    private readonly int[] _ignored;
    private readonly Field _lineId, _provider, _month, _stated, _started, _ended, _minute, _quantity, _price, _amount, _paid, _doctor, _bedDays, _referredOn, _referrer, _recordedOn;
    private readonly KnownField[] _known;
    private readonly KnownField _package, _newborn;
    private readonly StagedColumn _number;
    private readonly int _today;
    private readonly KnownCell? _guaranteed, _insurance;
    private LastNumber _lastProvider, _lastStated, _lastDoctor, _lastReferrer;
    private ulong _dotted;
    private int _beforeDotted, _daysOfDotted;
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
        _known =
        [
            Word("urgency", "urgency", "emergency"), Code("service_code", 20), Code("drg_code", 20), Code("medicine_code", 40), Illness("diagnosis"),
            Word("care_form", "care_form", "blood") with { Otherwise = Own(context.CareForm, "blood"u8) }, Word("outcome", "outcome", "ref"),
            Word("setting", "setting"), Code("operation_code", 20), Illness("diagnosis_referral"), Illness("diagnosis_autopsy"),
            Known("contract", () => new CellMemo(cell => cell.Length <= 64 ? cell.ToArray() : null)) with { Otherwise = Own(context.Contract) },
        ];
        _package = Word("package", "package") with { Otherwise = Own(context.Package) };
        _newborn = Word("newborn", "flag", "t");
        _number = staged.Column("row_number");
        (_guaranteed, _insurance) = (Own(LineContext.Guaranteed), Own(LineContext.Insurance));
        int[] fields =
        [
            _lineId.At, _provider.At, _month.At, _stated.At, _started.At, _ended.At, _minute.At, _quantity.At, _price.At, _amount.At, _paid.At, _doctor.At, _bedDays.At,
            _referredOn.At, _referrer.At, _recordedOn.At, _package.At, _newborn.At, .. _known.Select(k => k.At),
        ];
        var read = new bool[_heads];
        foreach (var field in fields.Where(f => f < _heads))
        {
            read[field] = true;
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

        // A column that the file has not is read as the empty cell after its heads.
        int Place(string code) => head.Of(code) is >= 0 and var at ? at : _heads;
        Field At(string code) => new(Place(code), staged.Column(code));
        KnownField Word(string code, string list, string mark = "") => Known(code, () =>
        {
            var words = new WordList(list, vocabulary.Words(list));
            return new CellMemo(cell => words.Find(cell), mark);
        });

        KnownField Code(string code, int longest) => Known(code, () => new CellMemo(cell => RowJudgement.CodeOf(cell, new byte[64], longest, out _).ToArray()));
        KnownField Illness(string code) => Known(code, () => new CellMemo(cell => DiagnosisCodes.TryRead(cell, new byte[64], out var found) && diagnoses.Knows(found) ? found.ToArray() : null));
        KnownField Known(string code, Func<CellMemo> make) => new(Place(code), staged.Column(code), memos.TryGetValue(code, out var memo) && !memo.Full ? memo : memos[code] = make(), null);
        static KnownCell? Own(byte[]? meaning, ReadOnlySpan<byte> mark = default) => meaning is null ? null : new KnownCell(default, meaning, mark.Length > 0 && meaning.AsSpan().StartsWith(mark));
    }

    /// <summary>Tiyn of the last line taken.</summary>
    public long Amount { get; private set; }

    /// <summary>Whether the package of the last line taken was told by nothing.</summary>
    public bool Inferred { get; private set; }

    /// <summary>Takes a row, or leaves it without a trace.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Take(TableRow row)
    {
        // A text without a dictionary cannot be taken back when a later cell of the row is doubtful; the number of the line comes last.
        if (_staged.Unlike > 1 || !row.Gives(_heads, out var cells))
        {
            return false;
        }

        foreach (var column in _ignored)
        {
            if (cells.Length(column) > 0 && PlainCells.Special(cells.Start(column)))
            {
                return false;
            }
        }

        var at = _staged.Rows;
        if (!PlainCells.Text(cells[_lineId.At], 100) || !People(cells, at) || !Days(cells, at) || !Sums(cells, at) || !Words(cells, at)
            || _seen.Note(cells[_lineId.At], row.Number) > 0)
        {
            return false;
        }

        _lineId.Column.Set(at, cells[_lineId.At]);
        _number.Ints[at] = row.Number;
        _staged.CloseRow();
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool People(in RowCells cells, int at)
    {
        long provider;
        if (cells.Length(_provider.At) == 0)
        {
            if (_context.ProviderId is not { } own)
            {
                return false;
            }

            provider = own;
        }
        else if (!Number(_provider.At, cells, false, ref _lastProvider, out provider) || (_context.OnlyProvider && provider != _context.ProviderId))
        {
            return false;
        }

        _provider.Column.Longs[at] = provider;
        return Number(_stated.At, cells, true, ref _lastStated, out _stated.Column.Longs[at])
            && Unless(_doctor, cells, at, true, ref _lastDoctor)
            && Unless(_referrer, cells, at, false, ref _lastReferrer);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static bool Number(int column, in RowCells cells, bool ofPerson, ref LastNumber last, out long number) =>
            PlainNumbers.Twelve(ref cells.Start(column), cells.Length(column), ofPerson, ref last, out number);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static bool Unless(in Field field, in RowCells cells, int at, bool ofPerson, ref LastNumber last)
        {
            if (cells.Length(field.At) > 0)
            {
                return Number(field.At, cells, ofPerson, ref last, out field.Column.Longs[at]);
            }

            field.Column.SetNothing(at);
            return true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Days(in RowCells cells, int at)
    {
        int started = 0, ended;
        if (_started.At < _heads && !Day(ref cells.Start(_started.At), cells.Length(_started.At), out started))
        {
            return false;
        }

        if (cells.Length(_ended.At) == 0 && _started.At < _heads)
        {
            ended = started;
        }
        else if (!Day(ref cells.Start(_ended.At), cells.Length(_ended.At), out ended))
        {
            return false;
        }

        started = _started.At < _heads ? started : ended;
        if (started > ended || ended > _today || Month(cells[_month.At]) is not { } month || ended >= _next || ended < _earliest)
        {
            return false;
        }

        _started.Column.Ints[at] = started;
        _ended.Column.Ints[at] = ended;
        _month.Column.Ints[at] = month;
        return Unless(_referredOn, cells, at) && Unless(_recordedOn, cells, at);
    }

    private bool Unless(in Field field, in RowCells cells, int at)
    {
        if (cells.Length(field.At) > 0)
        {
            return Day(ref cells.Start(field.At), cells.Length(field.At), out field.Column.Ints[at]);
        }

        field.Column.SetNothing(at);
        return true;
    }

    /// <summary>A day; of most days the month is that of the day before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Day(ref byte start, int length, out int day)
    {
        var month = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, 2));
        if (length != 10 || month != _dotted)
        {
            return OtherDay(MemoryMarshal.CreateReadOnlySpan(ref start, length), month, out day);
        }

        uint tens = unchecked(start - (uint)'0'), ones = unchecked(Unsafe.Add(ref start, 1) - (uint)'0');
        var ofMonth = unchecked((int)((tens * 10) + ones));
        day = _beforeDotted + ofMonth;
        return tens <= 9 && ones <= 9 && ofMonth >= 1 && ofMonth <= _daysOfDotted;
    }

    private bool OtherDay(ReadOnlySpan<byte> cell, ulong month, out int day)
    {
        if (!PlainCells.Day(cell, out day))
        {
            return false;
        }

        if (cell[2] == '.')
        {
            var read = DateOnly.FromDayNumber(day + DuckResult.Epoch);
            (_dotted, _beforeDotted, _daysOfDotted) = (month, day - read.Day, DateTime.DaysInMonth(read.Year, read.Month));
        }

        return true;
    }

    /// <summary>The month of a row, and with it the days on which its services may have ended.</summary>
    private int? Month(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty && _ofMonth != int.MinValue && _month.At == _heads)
        {
            return _ofMonth;
        }

        var month = _context.Month;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Sums(in RowCells cells, int at)
    {
        var quantity = 1;
        long price, amount, paid = 0;
        if ((_quantity.At < _heads && !Whole(_quantity, cells, 1, 100_000, out quantity)) || (cells.Length(_paid.At) > 0 && !Money(_paid, cells, out paid)))
        {
            return false;
        }

        if (cells.Length(_price.At) == 0)
        {
            if (!Money(_amount, cells, out amount) || amount % quantity != 0)
            {
                return false;
            }

            price = amount / quantity;
        }
        else
        {
            if (!Money(_price, cells, out price))
            {
                return false;
            }

            amount = price * quantity;
            if (cells.Length(_amount.At) > 0 && (!Money(_amount, cells, out var stated) || stated != amount))
            {
                return false;
            }
        }

        _quantity.Column.Ints[at] = quantity;
        _price.Column.Longs[at] = price;
        _amount.Column.Longs[at] = amount;
        _paid.Column.Longs[at] = paid;
        Amount = amount;
        return Unless(_bedDays, cells, at, 10_000) && Unless(_minute, cells, at, 1439);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static bool Money(in Field field, in RowCells cells, out long tiyn) => PlainNumbers.Money(ref cells.Start(field.At), cells.Length(field.At), out tiyn);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static bool Whole(in Field field, in RowCells cells, int least, int most, out int number) =>
            PlainNumbers.Whole(ref cells.Start(field.At), cells.Length(field.At), least, most, out number);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static bool Unless(in Field field, in RowCells cells, int at, int most)
        {
            if (cells.Length(field.At) > 0)
            {
                return Whole(field, cells, 0, most, out field.Column.Ints[at]);
            }

            field.Column.SetNothing(at);
            return true;
        }
    }

    /// <summary>Words and codes, each of which may be known from a row before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Words(in RowCells cells, int at)
    {
        var part = _staged.Part;
        uint said = 0, marked = 0;
        var known = _known;
        for (var i = 0; i < known.Length; i++)
        {
            ref readonly var field = ref known[i];
            if (!Find(field, cells, field.Otherwise, out var found))
            {
                return false;
            }

            if (found is null)
            {
                field.Column.SetNothing(at);
                continue;
            }

            found.Put(field.Column, part, at);
            said |= 1u << i;
            marked |= found.Marked ? 1u << i : 0;
        }

        // A service, a case or a medicine, unless the patient was refused; a diagnosis, unless it is blood.
        if (((said & (Service | Drg | Medicine)) | (marked & Outcome)) == 0 || ((said & Diagnosis) | (marked & Form)) == 0)
        {
            return false;
        }

        Inferred = _package.At == _heads && _package.Otherwise is null;
        if (!Find(_package, cells, Inferred ? (marked & Urgency) != 0 ? _guaranteed : _insurance : _package.Otherwise, out var package) || package is null
            || !Find(_newborn, cells, null, out var newborn))
        {
            return false;
        }

        package.Put(_package.Column, part, at);
        _newborn.Column.Ints[at] = newborn is { Marked: true } ? 1 : 0;
        return true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static bool Find(in KnownField field, in RowCells cells, KnownCell? otherwise, out KnownCell? found)
        {
            var length = cells.Length(field.At);
            found = length == 0 ? otherwise : field.Memo.Find(ref cells.Start(field.At), length);
            return length == 0 || found is not null;
        }
    }

    /// <summary>A column of the file, that after its heads when it has none, and of the staged rows.</summary>
    private readonly record struct Field(int At, StagedColumn Column);
}

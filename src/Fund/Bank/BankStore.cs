using System.Globalization;
using System.Security.Cryptography;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;
using Kepil.Law;

namespace Kepil.Fund.Bank;

/// <summary>A payment file as it was made: what the checker and the approver are shown.</summary>
public sealed record MadeFile(long Id, string Path, string Hash, Money Sum, long Orders, string MadeBy);

/// <summary>A step that somebody took on a file: checked, approved, refused.</summary>
public sealed record FileStep(string Step, string Who, DateTimeOffset At);

/// <summary>A payment file with what became of it.</summary>
public sealed record SeenFile(MadeFile File, DateTimeOffset MadeAt, IReadOnlyList<FileStep> Steps);

/// <summary>Details of an account with who proposed and confirmed them, and from when money goes there.</summary>
/// <param name="Withdrawn">Why they were taken back; nothing when they were not.</param>
public sealed record SeenAccount(BankAccount Account, string ProposedBy, string? ConfirmedBy, DateTimeOffset? ServesFrom, string? Withdrawn);

/// <summary>Details of a provider's account that replace others: what it is told at its old address.</summary>
public sealed record ChangedAccount(BankAccount Account, DateTimeOffset ProposedAt, DateTimeOffset ConfirmedAt, DateTimeOffset ServesFrom, bool Withdrawn);

/// <summary>An act at the bank's door that is refused, with the reason.</summary>
public sealed class BankRefusedException(Wording reason) : Exception(reason.En)
{
    public Wording Reason { get; } = reason;
}

/// <summary>Payment files by three people, built from the ledger alone, and statements that are matched with it to the tiyn.</summary>
/// <param name="coolingDays">Days before money goes to new details of an account.</param>
public sealed class BankStore(FundFolder folder, DeskStore desk, int coolingDays)
{
    private readonly LedgerStore _ledger = LedgerStore.Of(desk);

    public static BankStore Of(FundFolder folder, DeskStore desk, LawBook law) =>
        new(folder, desk, int.Parse(law.Policies["bank_cooling_days"].On(LocalDay.Of(desk.Clock.GetUtcNow())), CultureInfo.InvariantCulture));

    /// <summary>One person proposes the details of an account; they serve nothing until another confirms them.</summary>
    public long Propose(string who, BankAccount account) => string.IsNullOrWhiteSpace(account.Name) || account.Name.Any(char.IsControl)
        ? throw Refused("шот иесінің атауы жоқ немесе онда басқару белгілері бар", "нет наименования владельца счёта или в нём управляющие знаки", "the name of the account's owner is missing or has control signs")
        : BankAccount.IsIban(account.Iban) && BankAccount.IsBic(account.Bic)
        ? _ledger.Write(who, "BankDetailsProposed", "bank:" + BankAccount.Number(account.Owner), work =>
        {
            var id = Next(work, "bank_detail");
            work.Insert("bank_detail", ["id", "owner", "name", "iban", "bic", "proposed_by", "proposed_at"], [[id, account.Owner, account.Name, account.Iban, account.Bic, who, work.At.ToUnixTimeMilliseconds()]]);
            work.Note(new { id, account.Iban });
            return id;
        })
        : throw Refused($"{account.Iban}, {account.Bic}: шоттың немесе банктің нөмірі қате", $"{account.Iban}, {account.Bic}: номер счёта или банка неверен", $"{account.Iban}, {account.Bic}: the number of the account or of the bank is wrong");

    /// <summary>Another person confirms; the first account of an owner serves at once, another one after the cooling period.</summary>
    public void Confirm(string who, long detail) => _ledger.Write(who, "BankDetailsConfirmed", "bank-detail:" + Text(detail), work =>
    {
        if (work.Query("SELECT proposed_by, owner FROM bank_detail WHERE id = @p0", r => (By: r.GetString(0), Owner: r.GetInt64(1)), detail) is not [var proposed] || proposed.By == who)
        {
            throw Refused("деректемелерді ұсынған адам өзі растамайды", "реквизиты подтверждает не тот, кто их предложил", "who confirms the details did not propose them");
        }

        if (work.Query("SELECT detail_id FROM bank_detail_confirmed WHERE detail_id = @p0", r => r.GetInt64(0), detail).Count > 0)
        {
            throw Refused("бұл деректемелер расталып қойған", "эти реквизиты уже подтверждены", "these details were confirmed already");
        }

        var first = work.Query("SELECT c.detail_id FROM bank_detail_confirmed AS c JOIN bank_detail AS d ON d.id = c.detail_id WHERE d.owner = @p0", r => r.GetInt64(0), proposed.Owner).Count == 0;
        work.Insert("bank_detail_confirmed", ["detail_id", "confirmed_by", "confirmed_at", "valid_at"], [[detail, who, work.At.ToUnixTimeMilliseconds(), (first ? work.At : work.At.AddDays(coolingDays)).ToUnixTimeMilliseconds()]]);
        work.Note(new { detail });
        return true;
    });

    /// <summary>Takes details back before they begin to serve: the provider did not ask for the change, or it was wrong. One person is enough to stop a payment to a stranger.</summary>
    public void Withdraw(string who, long detail, string reason) => _ledger.Write(who, "BankDetailsWithdrawn", "bank-detail:" + Text(detail), work =>
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw Refused("себебін жазыңыз", "укажите причину", "give the reason");
        }

        var now = work.At.ToUnixTimeMilliseconds();
        if (work.Query("SELECT detail_id FROM bank_detail_confirmed WHERE detail_id = @p0 AND valid_at > @p1 AND NOT EXISTS (SELECT 1 FROM bank_detail_withdrawn AS w WHERE w.detail_id = @p0)", r => r.GetInt64(0), detail, now).Count == 0)
        {
            throw Refused("деректемелер тек күту мерзімінде және бір рет кері алынады", "реквизиты отзываются один раз и только пока идёт срок ожидания", "details are withdrawn once, and only during their cooling period");
        }

        work.Insert("bank_detail_withdrawn", ["detail_id", "who", "at", "reason"], [[detail, who, now, reason]]);
        work.Note(new { detail, reason });
        return true;
    });

    /// <summary>Makes a file of all that is ordered, not paid and in no other file. Providers without an account stay out, and so do orders whose act of services was not signed by both sides.</summary>
    /// <param name="actSigned">Whether the act about this, as <see cref="SettlementStore.ActOf(string)"/> calls it, was signed by both.</param>
    /// <returns>Nothing when there is nothing to pay.</returns>
    public MadeFile? Make(string who, DateOnly payOn, Func<string, bool> actSigned) => _ledger.Write(who, "PaymentFileMade", "bank", work =>
    {
        if (payOn < LocalDay.Of(work.At))
        {
            throw Refused($"{payOn:dd.MM.yyyy} өтіп кетті", $"{payOn:dd.MM.yyyy} уже прошло", $"{payOn:dd.MM.yyyy} is over");
        }

        var accounts = Accounts(work);
        var from = accounts.GetValueOrDefault(0) ?? throw Refused("Қордың өз шоты расталмаған", "счёт самого Фонда не подтверждён", "the Fund's own account is not confirmed");
        // An order is in one file at a time: a refused file lets it go, and so do a rejection by the bank and money that came back.
        var busy = work.Query(
            """
            SELECT o.posting_id FROM payment_file_order AS o JOIN ledger_posting AS p ON p.id = o.posting_id
            WHERE NOT EXISTS (SELECT 1 FROM payment_file_step AS s WHERE s.file_id = o.file_id AND s.step = 'refused')
              AND NOT EXISTS (SELECT 1 FROM bank_rejection_order AS b JOIN bank_rejection_decided AS d ON d.rejection_id = b.rejection_id AND d.outcome = 'confirmed' WHERE b.file_id = o.file_id AND b.posting_id = o.posting_id)
            GROUP BY o.posting_id, p.key
            HAVING COUNT(*) > (SELECT COUNT(*) FROM ledger_posting AS r WHERE r.kind = 'reversal' AND substr(r.key, 1, length(p.key) + 18) = 'reversal|payment|' || p.key || '|')
            """, r => r.GetInt64(0)).ToHashSet();
        // What the bank paid although it was said to have rejected it is not paid again.
        var (orders, open) = (new List<BankOrder>(), new OpenPayments(work));
        foreach (var (id, key, provider, contract, package, month, amount) in work.Query(
            "SELECT p.id, p.key, l.provider_id, l.contract, l.package, l.month, l.amount FROM ledger_posting AS p JOIN ledger_leg AS l ON l.posting_id = p.id WHERE p.kind IN ('settlement', 'advance') AND l.account = 'ordered' AND l.amount < 0 ORDER BY p.id",
            r => (r.GetInt64(0), r.GetString(1), r.GetInt64(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt64(6))))
        {
            if (!busy.Contains(id) && open.Of(key) is null && (SettlementStore.ActOf(key) is not { } act || actSigned(act)) && accounts.TryGetValue(provider, out var to))
            {
                orders.Add(new(id, new(-amount), to, PurposeOf(contract, package, month)));
            }
        }

        if (orders.Count == 0)
        {
            return null;
        }

        var number = Next(work, "payment_file");
        var bytes = PaymentFile.Write(number, work.At, payOn, from, orders);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var path = Path.Combine("payments", $"{Text(number)}-{hash[..24]}.xml");
        Directory.CreateDirectory(folder.At("payments"));
        using (var file = new FileStream(folder.At(path), FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(true);
        }

        var sum = orders.Aggregate(Money.Zero, (s, o) => s + o.Sum);
        work.Insert("payment_file", ["id", "path", "hash", "amount", "order_count", "made_by", "made_at"], [[number, path, hash, sum.Tiyn, (long)orders.Count, who, work.At.ToUnixTimeMilliseconds()]]);
        work.Insert("payment_file_order", ["file_id", "posting_id", "amount", "detail_id"], orders.Select(o => (object?[])[number, o.PostingId, o.Sum.Tiyn, o.To.Id]));
        work.Note(new { number, hash, sum = sum.Tiyn, orders = orders.Count });
        return new MadeFile(number, path, hash, sum, orders.Count, who);
    });

    /// <summary>Checks, approves or refuses a file by the hash that was shown. The maker does none of the three, and nobody does two.</summary>
    /// <param name="step">checked, approved or refused.</param>
    public void Sign(string who, long file, string step, string hash) => _ledger.Write(who, "PaymentFileSigned", "payment-file:" + Text(file), work =>
    {
        var made = work.Query("SELECT path, hash, made_by FROM payment_file WHERE id = @p0", r => (Path: r.GetString(0), Hash: r.GetString(1), By: r.GetString(2)), file) is [var found]
            ? found : throw Refused($"№ {file} төлем файлы жоқ", $"платёжного файла № {file} нет", $"there is no payment file {file}");
        var before = work.Query("SELECT step, who FROM payment_file_step WHERE file_id = @p0", r => (Step: r.GetString(0), Who: r.GetString(1)), file);
        if (made.By == who || before.Any(b => b.Who == who))
        {
            throw Refused("жасаушы, тексеруші және бекітуші әр адам болуы керек", "составитель, проверяющий и утверждающий – разные люди", "maker, checker and approver are different people");
        }

        if (before.Any(b => b.Step is "approved" or "refused") || (step == "approved" && before.All(b => b.Step != "checked")) || step is not ("checked" or "approved" or "refused"))
        {
            throw Refused($"«{step}» қадамының кезегі емес", $"шаг «{step}» сейчас невозможен", $"the step '{step}' is not possible now");
        }

        var there = File.Exists(folder.At(made.Path)) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.At(made.Path)))) : "";
        if (hash != made.Hash || there != made.Hash)
        {
            throw Refused("файл жасалғаннан кейін өзгерген немесе басқа файл көрсетілген", "файл изменился после составления или показан другой", "the file changed since it was made, or another one was shown");
        }

        work.Insert("payment_file_step", ["file_id", "step", "who", "at", "hash"], [[file, step, who, work.At.ToUnixTimeMilliseconds(), hash]]);
        work.Note(new { step, hash });
        return true;
    });

    /// <summary>Takes a statement in: every debit must be an order of an approved file to the tiyn, or nothing of it is posted. The same statement twice is one.</summary>
    /// <returns>What was posted.</returns>
    public IReadOnlyList<Posting> TakeIn(string who, byte[] file)
    {
        var statement = BankStatementCsv.Is(file) ? BankStatementCsv.Read(file) : BankStatement.Read(new MemoryStream(file));
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        return _ledger.Write(who, "StatementMatched", "statement:" + statement.Id, work =>
        {
            if (work.Query("SELECT hash FROM bank_statement WHERE hash = @p0", r => r.GetString(0), hash).Count > 0)
            {
                return [];
            }

            if (work.Query("SELECT d.id FROM bank_detail AS d JOIN bank_detail_confirmed AS c ON c.detail_id = d.id WHERE d.owner = 0 AND d.iban = @p0 AND c.valid_at <= @p1", r => r.GetInt64(0), statement.Account, work.At.ToUnixTimeMilliseconds()).Count == 0)
            {
                throw Refused($"{statement.Account} – Қордың шоты емес", $"{statement.Account} – не счёт Фонда", $"{statement.Account} is not the account of the Fund");
            }

            var (books, open) = (work.Balances(new()), new OpenPayments(work));
            // A bank may give two statements one number and leave its references out: the place in this very file tells entries apart.
            var postings = statement.Lines.Select((line, i) => Match(work, books, open, line, new("bank", string.Create(CultureInfo.InvariantCulture, $"{statement.Id}/{line.Reference}/{hash[..12]}-{i + 1}")))).OfType<Posting>().ToList();
            var posted = work.Post(postings);
            work.Insert("bank_return", ["posting_id", "order_id", "reason"], posted.Where(p => p.Kind == "reversal").Select(p => (object?[])[p.Id, OrderOf(work, p), ReasonOf(statement, hash, p)]).ToList());
            work.Insert("bank_statement", ["hash", "statement_id", "account", "at", "entry_count"], [[hash, statement.Id, statement.Account, work.At.ToUnixTimeMilliseconds(), (long)statement.Lines.Count]]);
            work.Note(new { hash, postings = posted.Count });
            return posted;
        });
    }

    private static Posting? Match(LedgerWork work, Books books, OpenPayments open, BankEntry line, PostingGround ground)
    {
        var order = line.EndToEnd.StartsWith("P-", StringComparison.Ordinal) && long.TryParse(line.EndToEnd.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? work.Query(
                "SELECT o.amount, p.key FROM payment_file_order AS o JOIN payment_file_step AS s ON s.file_id = o.file_id AND s.step = 'approved' JOIN ledger_posting AS p ON p.id = o.posting_id WHERE o.posting_id = @p0 ORDER BY o.file_id DESC",
                r => (Sum: new Money(r.GetInt64(0)), Key: r.GetString(1)), number)
            : [];
        if (order is not [var found, ..])
        {
            if (!line.Debit && !line.IsReversal)
            {
                // Money that came by an invoice; or for another reason: contributions, interest, a transfer between the Fund's accounts.
                return Repayments.Of(work, books, line, ground);
            }

            throw line.IsReversal
                ? Refused($"{line.Sum} қайтарымының ({line.EndToEnd} {line.Reference}) тапсырмасы табылмады", $"у возврата {line.Sum} ({line.EndToEnd} {line.Reference}) не найдено поручение", $"the return of {line.Sum} ({line.EndToEnd} {line.Reference}) has no order")
                : Refused($"{line.Sum} шығысының ({line.EndToEnd} {line.Reference}) бекітілген тапсырмасы жоқ", $"у списания {line.Sum} ({line.EndToEnd} {line.Reference}) нет утверждённого поручения", $"the debit of {line.Sum} ({line.EndToEnd} {line.Reference}) has no approved order");
        }

        if (found.Sum != line.Sum)
        {
            throw Refused($"{line.EndToEnd}: тапсырма {found.Sum}, банк {line.Sum}, айырма {line.Sum - found.Sum}", $"{line.EndToEnd}: поручено {found.Sum}, банк {line.Sum}, разница {line.Sum - found.Sum}", $"{line.EndToEnd}: ordered {found.Sum}, the bank {line.Sum}, difference {line.Sum - found.Sum}");
        }

        var paid = open.Of(found.Key);
        Posting posting;
        if (line.Debit)
        {
            // Orders of one month lie in one account: that it still owes something does not say that this order was not paid.
            posting = paid is null && Bookings.Payment(books, work.Find(found.Key)!, ground, line.BookedOn) is { } payment
                ? payment : throw Refused($"{line.EndToEnd}: бұл тапсырма төленіп қойған", $"{line.EndToEnd}: это поручение уже оплачено", $"{line.EndToEnd}: this order was paid already");
            open.Put(found.Key, posting);
        }
        else
        {
            // The bank sent an order's money back: its payment is taken back, and the order may go into another file.
            posting = paid is not null
                ? Bookings.Reversal(paid, ground, line.BookedOn) : throw Refused($"{line.EndToEnd}: қайтарылған ақшаның төлемі жоқ", $"{line.EndToEnd}: возвращены деньги, которые не платились", $"{line.EndToEnd}: money came back that was not paid");
            open.Put(found.Key, null);
        }

        books.Add(posting);
        return posting;
    }

    /// <summary>The order whose payment a posting takes back.</summary>
    private static long OrderOf(LedgerWork work, Posting reversal) => work.Query(
        "SELECT p.id FROM ledger_posting AS p WHERE p.kind IN ('settlement', 'advance') AND substr(@p0, 1, length(p.key) + 18) = 'reversal|payment|' || p.key || '|'", r => r.GetInt64(0), reversal.Key)[0];

    /// <summary>What the bank gave as its reason, by the place of the entry that the ground names.</summary>
    private static string ReasonOf(BankStatement statement, string hash, Posting reversal) =>
        reversal.Ground.Id[(reversal.Ground.Id.LastIndexOf(hash[..12], StringComparison.Ordinal) + 13)..] is var place && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? statement.Lines[number - 1].Reason : "";

    /// <summary>Files with their steps, the newest first.</summary>
    public IReadOnlyList<SeenFile> Files(int most) =>
    [
        .. _ledger.Query(
            "SELECT id, path, hash, amount, order_count, made_by, made_at FROM payment_file ORDER BY id DESC LIMIT @p0",
            r => (File: new MadeFile(r.GetInt64(0), r.GetString(1), r.GetString(2), new(r.GetInt64(3)), r.GetInt64(4), r.GetString(5)), At: DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(6))), (long)most)
            .Select(f => new SeenFile(f.File, f.At, _ledger.Query(
                "SELECT step, who, at FROM payment_file_step WHERE file_id = @p0 ORDER BY at, step", r => new FileStep(r.GetString(0), r.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(2))), f.File.Id))),
    ];

    /// <summary>The file as it was made; nothing when there is none or it is not the same any more.</summary>
    public byte[]? BytesOf(long file) => Files(int.MaxValue).FirstOrDefault(f => f.File.Id == file) is { } seen && File.Exists(folder.At(seen.File.Path))
        && File.ReadAllBytes(folder.At(seen.File.Path)) is var bytes && Convert.ToHexStringLower(SHA256.HashData(bytes)) == seen.File.Hash ? bytes : null;

    /// <summary>Orders of a file as it names them.</summary>
    public IReadOnlyList<BankOrder> OrdersOf(long file) => _ledger.Query(
        """
        SELECT o.posting_id, o.amount, d.owner, d.name, d.iban, d.bic, d.id, l.contract, l.package, l.month
        FROM payment_file_order AS o JOIN bank_detail AS d ON d.id = o.detail_id JOIN ledger_leg AS l ON l.posting_id = o.posting_id AND l.account = 'ordered' WHERE o.file_id = @p0 ORDER BY o.posting_id
        """,
        r => new BankOrder(r.GetInt64(0), new(r.GetInt64(1)), new(r.GetInt64(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt64(6)), PurposeOf(r.GetString(7), r.GetString(8), r.GetString(9))), file);

    /// <summary>Details of accounts that wait for a second person or cool, and those that serve, the newest first.</summary>
    public IReadOnlyList<SeenAccount> Details(int most) => _ledger.Query(
        """
        SELECT d.id, d.owner, d.name, d.iban, d.bic, d.proposed_by, c.confirmed_by, c.valid_at, w.reason
        FROM bank_detail AS d LEFT JOIN bank_detail_confirmed AS c ON c.detail_id = d.id LEFT JOIN bank_detail_withdrawn AS w ON w.detail_id = d.id ORDER BY d.id DESC LIMIT @p0
        """,
        r => new SeenAccount(
            new(r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt64(0)), r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6),
            r.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(7)), r.IsDBNull(8) ? null : r.GetString(8)), (long)most);

    /// <summary>Details that another person confirmed since a moment and that replace others of their provider; the first ones of a provider replace nothing.</summary>
    public IReadOnlyList<ChangedAccount> Changed(DateTimeOffset since) => _ledger.Query(
        """
        SELECT d.id, d.owner, d.name, d.iban, d.bic, d.proposed_at, c.confirmed_at, c.valid_at, w.detail_id
        FROM bank_detail AS d JOIN bank_detail_confirmed AS c ON c.detail_id = d.id LEFT JOIN bank_detail_withdrawn AS w ON w.detail_id = d.id
        WHERE d.owner <> 0 AND c.confirmed_at >= @p0 AND EXISTS (SELECT 1 FROM bank_detail_confirmed AS o JOIN bank_detail AS e ON e.id = o.detail_id WHERE e.owner = d.owner AND o.detail_id <> d.id AND o.confirmed_at <= c.confirmed_at)
        ORDER BY d.id
        """,
        r => new ChangedAccount(
            new(r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt64(0)), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(5)), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(6)),
            DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(7)), !r.IsDBNull(8)), since.ToUnixTimeMilliseconds());

    private static string PurposeOf(string contract, string package, string month) => $"{contract}, {package}, {month[..7]}";

    /// <summary>The account of each owner that serves now; of several the one confirmed last.</summary>
    private static Dictionary<long, BankAccount> Accounts(LedgerWork work) => work.Query(
        "SELECT d.owner, d.name, d.iban, d.bic, d.id FROM bank_detail AS d JOIN bank_detail_confirmed AS c ON c.detail_id = d.id WHERE c.valid_at <= @p0 AND NOT EXISTS (SELECT 1 FROM bank_detail_withdrawn AS w WHERE w.detail_id = d.id) ORDER BY c.valid_at, d.id",
        r => new BankAccount(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetInt64(4)), work.At.ToUnixTimeMilliseconds()).GroupBy(a => a.Owner).ToDictionary(g => g.Key, g => g.Last());

    private static long Next(LedgerWork work, string table) => work.Query($"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}", r => r.GetInt64(0))[0];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static BankRefusedException Refused(string kk, string ru, string en) => new(new($"Орындалмады: {kk}.", $"Не выполнено: {ru}.", $"Refused: {en}."));
}

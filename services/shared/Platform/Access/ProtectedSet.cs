using System.Collections;
using System.Linq.Expressions;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Auditing;
using Platform.CustomFields.Computing;
using Platform.CustomFields.Relations;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Access;

/// <summary>
/// The rows of a protected kind that the caller may read: what lists, counts and lookups start from. There is no other way to the
/// rows, because the context hands out no set of them.
/// </summary>
public sealed class ProtectedSet<T> : IQueryable<T>
    where T : ProtectedEntity, IProtected<T>
{
    private readonly PlatformDbContext _db;
    private readonly DbSet<T> _all;
    private readonly ProtectedResource<T> _kind;
    private readonly IQueryable<T> _readable;

    internal ProtectedSet(PlatformDbContext db, DbSet<T> all)
        : this(db, all, T.Resource)
    {
    }

    private ProtectedSet(PlatformDbContext db, DbSet<T> all, ProtectedResource<T> kind)
    {
        (_db, _all, _kind) = (db, all, kind);
        _readable = Readable(all);
    }

    /// <inheritdoc />
    public System.Type ElementType => _readable.ElementType;

    /// <inheritdoc />
    public Expression Expression => _readable.Expression;

    /// <inheritdoc />
    public IQueryProvider Provider => _readable.Provider;

    /// <summary>Every row of the tenant; for explaining only.</summary>
    internal IQueryable<T> Unfiltered => OfKind(_all);

    /// <summary>The rows of one kind, where their table holds several: without it there are none.</summary>
    public ProtectedSet<T> Of(ProtectedResource<T> kind) => kind == _kind ? this : new ProtectedSet<T>(_db, _all, kind);

    /// <summary>The readable rows on which the caller may do this too.</summary>
    public IQueryable<T> For(AccessAction action) => Narrow(_readable, action);

    /// <summary>A readable row out of a statement that locks it.</summary>
    public IQueryable<T> FromSql(FormattableString sql) => Readable(_all.FromSql(sql));

    /// <summary>
    /// Readable rows out of a statement that has some that are in the table no more: what is kept of custom fields beside the rows went with them,
    /// so conditions look into the rows themselves.
    /// </summary>
    public IQueryable<T> FromSqlOfPast(FormattableString sql) => Readable(_all.FromSql(sql), isPast: true);

    /// <summary>
    /// Rows of the kind out of a statement that locks them, whatever the caller may see: for what follows from the caller's change by
    /// rules of the company. Writing them is asked for as any other write is, unless <see cref="Follow"/> is called.
    /// </summary>
    public IQueryable<T> FromSqlByRule(FormattableString sql) => OfKind(_all.FromSql(sql));

    /// <summary>Begins to track a new row. Where it has no owner yet, the person who makes it is.</summary>
    public void Add(T row)
    {
        row.OwnerId ??= OwnerOfNew;
        _all.Add(row);
    }

    /// <summary>Begins to track a row that was there before: its owner stays as it was, and what its relations lead to is not looked up again.</summary>
    public void Restore(T row)
    {
        RelationCheck.Trust(row);
        _all.Add(row);
    }

    /// <summary>
    /// Says that a change of a tracked row follows from the caller's change of another record by a rule of the platform, such as what becomes
    /// of an entry when the record goes that it is about: it is not asked whether the caller might make it alone.
    /// </summary>
    public void Follow(T row)
    {
        ArgumentNullException.ThrowIfNull(row);
        WriteGuard.Excuse(row);
    }

    /// <summary>Marks a row to be deleted.</summary>
    public void Remove(T row) => _all.Remove(row);

    /// <summary>
    /// What is wrong with relations of rows that are to be added, before anything is held for them: other services may have to be
    /// asked. The save does not ask again.
    /// </summary>
    /// <param name="rows">The rows, not added yet.</param>
    /// <param name="placeOf">Where each stands in the request.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public Task<Error?> CheckRelationsAsync(IReadOnlyList<T> rows, Func<int, string> placeOf, CancellationToken cancellationToken) =>
        RelationCheck.FindFaultAsync(_db, [.. rows.Select((row, i) => ((ProtectedEntity)row, placeOf(i)))], cancellationToken);

    /// <summary>
    /// Deletes rows that were read in the open transaction, which holds them, by one statement; with their entries in the audit log. To
    /// publish that is left to who calls.
    /// </summary>
    /// <exception cref="DbUpdateConcurrencyException">One of them is gone.</exception>
    public async Task RemoveManyAsync(IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
            WriteGuard.CheckDeletion(_db, row);
        _db.Growth.Add(_kind.Info.Name, -rows.Count);
        _db.IsCountedElsewhere |= _db.Caller.CustomFields?.RollUpsOver(_kind.Info.Name).Any(rollUp => rollUp.IsAcross) is true;
        await _db.AuditDeletedAsync(rows, cancellationToken);
        if (rows.Count == 0)
            return;
        Guid[] ids = [.. rows.Select(row => row.Id)];
        var (first, last) = (ids.Min(), ids.Max());
        // The range is for PostgreSQL, which may not know how many rows a company has, and then reads all of them for a list of ids.
        if (await OfKind(_all).Where(row => row.Id >= first && row.Id <= last && ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken) != rows.Count)
            throw new DbUpdateConcurrencyException("A record that was to be deleted is gone.");
        var gone = rows.ToHashSet();
        foreach (var entry in _db.ChangeTracker.Entries<T>().Where(entry => gone.Contains(entry.Entity)).ToList())
            entry.State = EntityState.Detached;
    }

    /// <summary>Begins to track rows that were read without it and changed since, in the open transaction: each gets its changes again.</summary>
    /// <param name="rows">The rows, changed.</param>
    /// <param name="change">Changes the stored row (first) into the one that was changed.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="DbUpdateConcurrencyException">Somebody has written one of them meanwhile.</exception>
    public async Task<IReadOnlyList<T>> TakeUpAsync(IReadOnlyCollection<T> rows, Action<T, T> change, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return [];
        Guid[] ids = [.. rows.Select(row => row.Id)];
        var stored = await OfKind(_all).Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var taken = new List<T>(rows.Count);
        foreach (var row in rows)
        {
            if (!stored.TryGetValue(row.Id, out var found) || found.Etag != row.Etag)
                throw new DbUpdateConcurrencyException("A record that was to be changed was written meanwhile.");
            change(found, row);
            taken.Add(found);
        }

        return taken;
    }

    /// <summary>Refuses new rows that the caller may not make, where they are written around the change tracker.</summary>
    public async Task PrepareNewAsync(IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
    {
        await RelationCheck.CheckAsync(_db, rows, cancellationToken);
        foreach (var row in rows)
            row.OwnerId ??= OwnerOfNew;
        await _db.AccompanyAsync([.. rows.Select(row => ((ProtectedEntity)row, (Struct?)null))], cancellationToken);
        await ComputedValues.ApplyAsync(_db, rows, cancellationToken);
        if (_kind.Info.Judged.Count > 0)
            await _db.JudgeAsync(rows, cancellationToken);
        _db.Growth.Add(_kind.Info.Name, rows.Count);
        foreach (var row in rows)
            WriteGuard.CheckCreation(_db, row);
    }

    /// <summary>
    /// Gives new rows the rates of the amounts in their custom fields, for conditions that are decided on before the rows are saved; in
    /// the transaction that saves them, which does the same.
    /// </summary>
    public Task AddRatesAsync(IReadOnlyList<T> rows, CancellationToken cancellationToken) => ComputedValues.AddRatesAsync(_db, _kind.Info.Name, rows, cancellationToken);

    /// <inheritdoc />
    public IEnumerator<T> GetEnumerator() => _readable.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Guid? OwnerOfNew => _db.Caller.Kind == CallerKind.Person && Guid.TryParse(_db.Caller.Subject, out var person) ? person : null;

    private IQueryable<T> OfKind(IQueryable<T> rows) => _kind.Rows is { } condition ? rows.Where(condition) : rows;

    private IQueryable<T> Readable(IQueryable<T> rows, bool isPast = false) => _kind.Whole is { } whole && _db.Caller.Access?.HasPipelineRules(whole.Resource) is true
        ? whole.Rows(Narrow(rows, AccessAction.Read, isPast), _db)
        : Narrow(rows, AccessAction.Read, isPast);

    private IQueryable<T> Narrow(IQueryable<T> rows, AccessAction action, bool isPast = false) => _db.Caller.Access is { } access && access.IsConcerned(_kind.Info.Name)
        && access.RulesOf(_kind, _db.Caller.CustomFields).For(action).ToPredicate(isPast ? _db.FilterContext.OfPast() : _db.FilterContext) is { } predicate
            ? OfKind(rows).Where(predicate)
            : OfKind(rows);
}

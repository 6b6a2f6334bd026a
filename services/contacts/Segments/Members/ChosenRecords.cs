using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Filtering;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Segments.Members;

/// <summary>The records that a call names, by ids or by filter.</summary>
internal sealed record ChosenRecords(IReadOnlyList<string> Ids, string Filter, string TimeZone)
{
    private const int MostIds = 1_000;
    private const int MostByFilter = 100_000;

    /// <summary>Those of them that the caller may read; the error where one of the ids is not among them.</summary>
    public async Task<Result<IReadOnlyList<Guid>>> FindAsync(ContactsDbContext db, MemberKind kind, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Filter.Length > 0)
            return await PassingAsync(db, kind, fields, time, cancellationToken);
        Guid[] wanted = [.. Ids.Select(Guid.Parse).Distinct()];
        var known = (await kind.Records(db).Where(id => wanted.Contains(id)).ToListAsync(cancellationToken)).ToHashSet();
        var missing = Ids.Index().Where(one => !known.Contains(Guid.Parse(one.Item)))
            .Select(one => new FieldViolation($"recordIds[{one.Index}]", Say($"There is no record of this segment's kind with id '{one.Item}'."))).ToList();
        return missing.Count > 0 ? Error.Invalid(missing) : wanted;
    }

    private async Task<Result<IReadOnlyList<Guid>>> PassingAsync(ContactsDbContext db, MemberKind kind, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await fields.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
            return unavailable;
        var bound = kind.Bind(Filter, db, FilterContext.Of(db, time, TimeZone));
        if (bound.IsError)
            return bound.Error;
        var ids = await bound.Value.Ids.Take(MostByFilter + 1).ToListAsync(cancellationToken);
        return ids.Count > MostByFilter ? SegmentErrors.TooLarge(MostByFilter) : ids;
    }

    /// <summary>The rules of such a request.</summary>
    public static void Check<T>(AbstractValidator<T> validator, Func<T, string> segment, Func<T, ChosenRecords> records)
    {
        validator.RuleFor(request => segment(request)).Id().OverridePropertyName("SegmentId");
        validator.RuleFor(request => records(request).Ids).Must((request, ids) => ids.Count > 0 != records(request).Filter.Length > 0).OverridePropertyName("RecordIds")
            .WithMessage("Send either recordIds or a filter.");
        validator.RuleFor(request => records(request).Ids).Must(ids => ids.Count <= MostIds).OverridePropertyName("RecordIds").WithMessage(_ => Say($"At most {MostIds} ids: send them in several calls."));
        validator.RuleFor(request => records(request).Ids).Must(ids => ids.All(id => Guid.TryParse(id, out var _))).OverridePropertyName("RecordIds").WithMessage("Each has to be the id of a record (a UUID).");
        validator.RuleFor(request => records(request).TimeZone).OptionalTimeZone().OverridePropertyName(nameof(TimeZone));
    }
}

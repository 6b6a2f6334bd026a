using System.Linq.Expressions;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Values;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Fields;

/// <summary>Groups whose members rows may be: <c>segments : "…"</c>.</summary>
/// <param name="name">As expressions name it.</param>
/// <param name="row">The schema's row.</param>
/// <param name="members">Ids of the members of some groups, as far as the caller may learn of them.</param>
internal sealed class AmongField<T>(string name, ParameterExpression row, Func<PlatformDbContext, IReadOnlyCollection<Guid>, IEnumerable<IQueryable<Guid>>> members) : FilterField<T>(name, FilterKind.List)
{
    private static readonly ElementReader<Guid> Reader = Elements.Of(Ids.Id);

    public override Result<Condition<T>> Bind(Restriction restriction)
    {
        if (CheckPath(restriction.Field) is { } error)
            return error;
        if (restriction.Comparator != Comparator.Has || AsksPresence(restriction) is not null)
            return FilterErrors.At(restriction.Position, Say($"Ask for one by its id: {Name}:\"0199…\"."));
        var groups = Reader(restriction.Argument);
        return groups.IsError ? groups.Error : new AmongOthers<T>(row, groups.Value, members);
    }
}

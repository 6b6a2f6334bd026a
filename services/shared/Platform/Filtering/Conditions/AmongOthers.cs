using System.Linq.Expressions;
using Platform.Data;
using Platform.Filtering.Values;

namespace Platform.Filtering.Conditions;

/// <summary>Whether the row is a member of one of these groups. Unknown where rows are decided one by one, because nobody looks beside the row there.</summary>
/// <param name="row">The schema's row.</param>
/// <param name="groups">Ids of the groups.</param>
/// <param name="members">Ids of the members of some, in one query or in several.</param>
internal sealed class AmongOthers<T>(ParameterExpression row, ElementSource<Guid> groups, Func<PlatformDbContext, IReadOnlyCollection<Guid>, IEnumerable<IQueryable<Guid>>> members) : Condition<T>
{
    private static readonly Func<IQueryable<Guid>, Guid, bool> Contains = Queryable.Contains;

    public override Expression Translate(FilterContext context, bool outcome)
    {
        if (context.Database is not { } db || groups.Resolve(context) is not { } wanted)
            return Expression.Constant(false);
        Expression id = Expression.Property(row, nameof(Entity.Id));
        var isMember = members(db, [.. wanted]).Select(some => (Expression)Expression.Call(Contains.Method, some.Expression, id)).DefaultIfEmpty(Expression.Constant(false)).Aggregate(Expression.OrElse);
        return outcome ? isMember : Expression.Not(isMember);
    }

    public override bool? Evaluate(T row, FilterContext context) => null;
}

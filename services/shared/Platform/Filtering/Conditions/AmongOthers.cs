using System.Linq.Expressions;
using Platform.Data;
using Platform.Filtering.Values;

namespace Platform.Filtering.Conditions;

/// <summary>Whether the row is a member of one of these groups. Unknown where rows are decided one by one, because nobody looks beside the row there.</summary>
/// <param name="row">The schema's row.</param>
/// <param name="groups">Ids of the groups.</param>
/// <param name="members">Ids of the members of one.</param>
internal sealed class AmongOthers<T>(ParameterExpression row, ElementSource<Guid> groups, Func<PlatformDbContext, Guid, IQueryable<Guid>> members) : Condition<T>
{
    private static readonly Func<IQueryable<Guid>, Guid, bool> Contains = Queryable.Contains;

    public override Expression Translate(FilterContext context, bool outcome)
    {
        if (context.Database is not { } db || groups.Resolve(context) is not { } wanted)
            return Expression.Constant(false);
        Expression id = Expression.Property(row, nameof(Entity.Id));
        var isMember = wanted.Select(group => (Expression)Expression.Call(Contains.Method, members(db, group).Expression, id)).DefaultIfEmpty(Expression.Constant(false)).Aggregate(Expression.OrElse);
        return outcome ? isMember : Expression.Not(isMember);
    }

    public override bool? Evaluate(T row, FilterContext context) => null;
}

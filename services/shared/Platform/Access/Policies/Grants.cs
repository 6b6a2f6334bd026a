using System.Linq.Expressions;

namespace Platform.Access.Policies;

/// <summary>What the record itself grants: to its owner, and to those whom it is shared with.</summary>
internal sealed class Grants<T>
    where T : ProtectedEntity
{
    private readonly Guid? _user;
    private readonly List<string> _keys;
    private readonly bool _toReaders;
    private readonly bool _toWriters;
    private readonly Expression<Func<T, bool>> _template;

    private Grants(Guid? user, List<string> keys, bool toReaders, bool toWriters)
    {
        (_user, _keys, _toReaders, _toWriters) = (user, keys, toReaders, toWriters);
        _template = toReaders ? row => (user != null && row.OwnerId == user) || row.Readers.Any(key => keys.Contains(key)) || row.Writers.Any(key => keys.Contains(key))
            : toWriters ? row => (user != null && row.OwnerId == user) || row.Writers.Any(key => keys.Contains(key))
            : row => user != null && row.OwnerId == user;
    }

    /// <summary>Null for an action to which there is no record yet.</summary>
    public static Grants<T>? For(AccessAction action, PersonAccess access) => action == AccessAction.Create
        ? null
        : new Grants<T>(access.Variables.Id, access.ShareKeys, action == AccessAction.Read, action is AccessAction.Read or AccessAction.Update);

    public Expression ToCondition(ParameterExpression row) => new Replacement(_template.Parameters[0], row).Visit(_template.Body);

    public AccessDecision? Find(T row)
    {
        if (_user is not null && row.OwnerId == _user)
            return AccessDecision.Owned;
        return (_toReaders && row.Readers.Exists(_keys.Contains)) || (_toWriters && row.Writers.Exists(_keys.Contains)) ? AccessDecision.Shared : null;
    }

    private sealed class Replacement(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}

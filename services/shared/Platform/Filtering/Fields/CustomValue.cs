using System.Linq.Expressions;
using Google.Protobuf.WellKnownTypes;
using Platform.Filtering.Conditions;
using Platform.Filtering.Sql;
using Platform.Filtering.Values;

namespace Platform.Filtering.Fields;

/// <summary>A value within custom fields; keys are parameters, like all that a person wrote.</summary>
internal sealed class CustomValue<T>
{
    private static readonly Func<Struct, string, Value?> GetMethod = FilterMethods.Get;
    private static readonly Func<Value?, string, Value?> MemberMethod = FilterMethods.Member;
    private static readonly Func<Value?, string?> TextMethod = FilterMethods.Text;
    private static readonly Func<Value?, decimal?> NumberMethod = FilterMethods.Number;
    private static readonly Func<Value?, decimal?> DecimalMethod = FilterMethods.Decimal;
    private static readonly Func<Value?, bool?> BooleanMethod = FilterMethods.Boolean;
    private static readonly Func<Value?, string, bool?> ContainsMethod = FilterMethods.Contains;
    private static readonly Func<Value?, bool> IsPresentMethod = FilterMethods.IsPresent;

    private readonly Expression _body;
    private readonly Func<T, Value?> _read;

    public CustomValue(Accessor<T, Struct> fields, IEnumerable<string> path)
    {
        var keys = path.ToArray();
        _body = Expression.Call(GetMethod.Method, fields.Body, QueryParameter.Of(keys[0]));
        foreach (var key in keys.Skip(1))
            _body = Expression.Call(MemberMethod.Method, _body, QueryParameter.Of(key));
        _read = row => keys.Skip(1).Aggregate(FilterMethods.Get(fields.Read(row), keys[0]), FilterMethods.Member);
    }

    public Accessor<T, string?> Text => new(Expression.Call(TextMethod.Method, _body), row => FilterMethods.Text(_read(row)));

    public Accessor<T, decimal?> Number => new(Expression.Call(NumberMethod.Method, _body), row => FilterMethods.Number(_read(row)));

    /// <summary>A number that is kept as text, because it has to be exact.</summary>
    public Accessor<T, decimal?> Decimal => new(Expression.Call(DecimalMethod.Method, _body), row => FilterMethods.Decimal(_read(row)));

    /// <summary>The value as it is.</summary>
    public Accessor<T, Value?> Itself => new(_body, _read);

    public Accessor<T, bool?> Boolean => new(Expression.Call(BooleanMethod.Method, _body), row => FilterMethods.Boolean(_read(row)));

    public Condition<T> Presence() => new Test<T>(Expression.Call(IsPresentMethod.Method, _body), row => FilterMethods.IsPresent(_read(row)));

    /// <summary>Whether it is a list with this element; unknown where it is none.</summary>
    public Condition<T> Contains(string element)
    {
        var accessor = new Accessor<T, bool?>(
            Expression.Call(ContainsMethod.Method, _body, QueryParameter.Of(element)),
            row => FilterMethods.Contains(_read(row), element));
        return new ScalarComparison<T, bool>(accessor, Parsing.Comparator.Equal, new ValueSource<bool>(_ => true));
    }
}

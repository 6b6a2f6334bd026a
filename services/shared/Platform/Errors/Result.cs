using System.Diagnostics.CodeAnalysis;

namespace Platform.Errors;

/// <summary>What a use case returns: a value, or a typed error.</summary>
[SuppressMessage("Usage", "CA2225", Justification = "The conversions exist so that a handler can write `return error;` and `return message;`.")]
public readonly struct Result<T>
    where T : class
{
    private Result(T? value, Error? error) => (Value, Error) = (value, error);

    /// <summary>The value; null exactly when <see cref="Error"/> is not.</summary>
    public T? Value { get; }

    /// <summary>The error; null exactly when <see cref="Value"/> is not.</summary>
    public Error? Error { get; }

    /// <summary>Whether it went wrong.</summary>
    [MemberNotNullWhen(true, nameof(Error))]
    [MemberNotNullWhen(false, nameof(Value))]
    public bool IsError => Error is not null;

    /// <summary>A value is a success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>An error is a failure.</summary>
    public static implicit operator Result<T>(Error error) => new(null, error);
}

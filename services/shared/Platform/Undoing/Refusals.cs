using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Platform.Undoing;

/// <summary>What ends the work on a record, or on a batch for the sake of one record, and no more.</summary>
public static class Refusals
{
    /// <summary>Whether it is said of the records that were to be written: somebody was faster, or they fit no more.</summary>
    public static bool IsRefusal(Exception exception) => exception is DbUpdateConcurrencyException or RpcException { StatusCode: StatusCode.AlreadyExists or StatusCode.InvalidArgument or StatusCode.FailedPrecondition }
        || exception.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.UniqueViolation };
}

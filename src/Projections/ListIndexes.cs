using Marten;
using Weasel.Postgresql.Tables;

namespace Platform.Projections;

/// <summary>The indexes by which a page of a list is found, whatever the length of the list.</summary>
public static class ListIndexes
{
    extension(StoreOptions options)
    {
        /// <summary>
        /// An index on a tenant's documents in the words of a list's own SQL, which alone the planner recognizes; the id
        /// settles the order of equals.
        /// </summary>
        /// <param name="columns">SQL over a row of the document's table.</param>
        public void IndexList<TDocument>(string name, params string[] columns) where TDocument : notnull
        {
            options.Schema.For<TDocument>();
            options.Policies.ForAllDocuments(mapping =>
            {
                if (mapping.DocumentType == typeof(TDocument))
                    mapping.Indexes.Add(new IndexDefinition($"{mapping.TableName.Name}_list_{name}") { Columns = ["tenant_id", .. columns, "id"] });
            });
        }
    }
}

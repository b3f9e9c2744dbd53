// What programs may ask of the library, for those who write them: the server's own description, to be read.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { under } from '../../base_path.js';
import { t } from '../../i18n/words.js';
import { API_FILE, askApi, nameIn, type ApiCall, type ApiDescription, type ApiKind } from '../../net/library_api.js';
import { PageLink } from '../../page/parts/page_link.js';
import { ArrivalTitle, Problem } from '../../page/parts/parts.js';
import { roleWords } from './house_page.js';
import { ACCOUNT_PATH } from './library.js';
import { Way } from './shelf_part.js';

export function ApiPage(): JSX.Element {
  const [api, setApi] = useState<ApiDescription | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    document.title = t.libraryApi.forPrograms;
    void askApi().then((answer) => (answer.ok ? setApi(answer.value) : setProblem(answer.error)));
  }, []);
  return (
    <>
      <Way steps={[]} />
      <ArrivalTitle>{t.libraryApi.forPrograms}</ArrivalTitle>
      <p>{t.libraryApi.whatAProgramCan}</p>
      <p>
        {t.libraryApi.addressesBegin} <code>{`${location.origin}${under('/api/library')}`}</code>
      </p>
      <p>
        <PageLink path={ACCOUNT_PATH}>{t.libraryApi.whereTokensAre}</PageLink>
      </p>
      <p>
        <a href={under(API_FILE)} target="_blank" rel="noopener noreferrer">
          {t.libraryApi.asAFile}
        </a>
      </p>
      {problem !== null && <Problem>{problem}</Problem>}
      {api !== null && <ApiParts api={api} />}
    </>
  );
}

export function ApiParts({ api }: { api: ApiDescription }): JSX.Element {
  return (
    <div class="library-api">
      <p lang="en">{api.words}</p>
      {api.groups.map(({ name, calls }) => (
        <section key={name} aria-labelledby={`api-${name}`}>
          <h2 id={`api-${name}`} lang="en">
            {name}
          </h2>
          {calls.map((call) => (
            <Call key={`${call.method} ${call.path}`} call={call} />
          ))}
        </section>
      ))}
      <section aria-labelledby="api-kinds">
        <h2 id="api-kinds">{t.libraryApi.whatStandsInThem}</h2>
        {api.kinds.map(({ name, kind }) => (
          <div key={name} id={`kind-${name}`}>
            <h3 lang="en">{name}</h3>
            <Kind kind={kind} />
          </div>
        ))}
      </section>
    </div>
  );
}

function Call({ call }: { call: ApiCall }): JSX.Element {
  return (
    <details aria-label={`${call.method} ${call.path}`}>
      <summary>
        <code>
          {call.method} {call.path}
        </code>{' '}
        <span lang="en">{call.summary}</span>
      </summary>
      {call.note !== '' && <p lang="en">{call.note}</p>}
      <p>
        {t.libraryApi.whoMay}: {call.least === '' ? t.libraryApi.everybody : roleWords(call.least)}
      </p>
      {call.parameters.length > 0 && (
        <>
          <h3>{t.libraryApi.inTheAddress}</h3>
          <dl lang="en">
            {call.parameters.map(({ name, description, schema }) => (
              <Field key={name} name={name} kind={{ ...schema, description: description ?? schema.description }} />
            ))}
          </dl>
        </>
      )}
      {call.sent !== null && (
        <>
          <h3>{t.libraryApi.whatIsSent}</h3>
          <Kind kind={call.sent} />
        </>
      )}
      <h3>{t.libraryApi.whatIsAnswered}</h3>
      {call.answered !== null && <Kind kind={call.answered} />}
      <dl lang="en">
        {call.statuses.map(({ status, words }) => (
          <div key={status}>
            <dt>
              <code>{status}</code>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** With its fields, where it has some. */
function Kind({ kind }: { kind: ApiKind }): JSX.Element {
  const fields = Object.entries(kind.properties ?? {});
  if (fields.length === 0)
    return (
      <p lang="en">
        <Type kind={kind} /> {kind.description}
      </p>
    );
  return (
    <>
      {kind.description !== undefined && <p lang="en">{kind.description}</p>}
      <dl lang="en">
        {fields.map(([name, field]) => (
          <Field key={name} name={kind.required?.includes(name) === true ? name : `${name}?`} kind={field} />
        ))}
      </dl>
    </>
  );
}

function Field({ name, kind }: { name: string; kind: ApiKind }): JSX.Element {
  return (
    <div>
      <dt>
        <code>{name}</code> <Type kind={kind} />
      </dt>
      {kind.description !== undefined && <dd>{kind.description}</dd>}
      {kind.properties !== undefined && (
        <dd>
          <Kind kind={{ properties: kind.properties, required: kind.required }} />
        </dd>
      )}
    </div>
  );
}

/** "integer or null", or the name of a kind, which leads there. */
function Type({ kind }: { kind: ApiKind }): JSX.Element {
  if (kind.$ref !== undefined) return <a href={`#kind-${nameIn(kind.$ref)}`}>{nameIn(kind.$ref)}</a>;
  if (kind.items !== undefined)
    return (
      <>
        [<Type kind={kind.items} />]
      </>
    );
  if (kind.oneOf !== undefined)
    return (
      <>
        {kind.oneOf.map((one, i) => (
          <span key={i}>
            {i > 0 && ' | '}
            <Type kind={one} />
          </span>
        ))}
      </>
    );
  if (kind.enum !== undefined) return <code>{kind.enum.map((one) => JSON.stringify(one)).join(' | ')}</code>;
  if (kind.const !== undefined) return <code>{JSON.stringify(kind.const)}</code>;
  return <code>{[kind.type ?? []].flat().join(' | ')}</code>;
}
